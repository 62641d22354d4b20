"""The field a playbook covers: six chapters of three sections, whatever of it is written."""

from __future__ import annotations

from salestrain.language import Text

CHAPTERS = {
    "1": Text("1 团队", "1 Team"),
    "2": Text("2 流程", "2 Process"),
    "3": Text("3 绩效", "3 Performance"),
    "4": Text("4 训练", "4 Training"),
    "5": Text("5 客户", "5 Customers"),
    "6": Text("6 数据与工具", "6 Data and tools"),
}
SECTIONS = {
    "1.1": Text("岗位职责与能力模型", "Roles and competencies"),
    "1.2": Text("人员选拔与梯队", "Selection and bench"),
    "1.3": Text("团队协作机制", "Working together"),
    "2.1": Text("客户开发流程", "Prospecting"),
    "2.2": Text("商机阶段", "Opportunity stages"),
    "2.3": Text("订单闭环", "The order loop"),
    "3.1": Text("KPI 分层", "Layered KPIs"),
    "3.2": Text("评估与反馈", "Evaluation and feedback"),
    "3.3": Text("激励动态调整", "Incentives"),
    "4.1": Text("新人带教", "Onboarding"),
    "4.2": Text("技能提升", "Skills"),
    "4.3": Text("产品知识迭代", "Product knowledge"),
    "5.1": Text("客户分类", "Customer classes"),
    "5.2": Text("客诉响应", "Complaints"),
    "5.3": Text("重点客户", "Key accounts"),
    "6.1": Text("CRM 规范", "CRM norms"),
    "6.2": Text("分析与可视化", "Analytics"),
    "6.3": Text("移动协同", "Mobile work"),
}

PRODUCTS = "4.3"
"""Where products belong, and what is true of them."""


def section_of(cited: str) -> str:
    """Return the section of a rule, a measure or a product's fact.

    >>> section_of("2.2.stalled"), section_of("2.2"), section_of("D-20.price")
    ('2.2', '2.2', '4.3')
    """
    return ".".join(cited.split(".")[:2]) if cited[:1].isdigit() else PRODUCTS

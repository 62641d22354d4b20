"""The standards: one file of `standards/` for each kind of thing a company holds itself to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salestrain.playbook.products import Catalogue
from salestrain.playbook.standards.crm import Care, Charts, CrmQuality, Mobile, Privacy
from salestrain.playbook.standards.customers import Complaints, CustomerClasses, KeyAccounts
from salestrain.playbook.standards.growing import Evaluation, Incentives, Onboarding, Skills
from salestrain.playbook.standards.kpis import Kpis
from salestrain.playbook.standards.selling import CustomerProfile, FollowUp, Orders, Stages
from salestrain.playbook.standards.team import Cadence, Ladder, Responsibilities, Roles, Selection

if TYPE_CHECKING:
    from salestrain.playbook.content import Standard

STANDARDS: dict[str, type[Standard]] = {
    "roles": Roles,
    "selection": Selection,
    "ladder": Ladder,
    "cadence": Cadence,
    "responsibilities": Responsibilities,
    "customer_profile": CustomerProfile,
    "follow_up": FollowUp,
    "stages": Stages,
    "orders": Orders,
    "kpis": Kpis,
    "evaluation": Evaluation,
    "incentives": Incentives,
    "onboarding": Onboarding,
    "skills": Skills,
    "products": Catalogue,
    "customer_classes": CustomerClasses,
    "complaints": Complaints,
    "key_accounts": KeyAccounts,
    "crm_quality": CrmQuality,
    "care": Care,
    "privacy": Privacy,
    "charts": Charts,
    "mobile": Mobile,
}
NEEDED = ("stages", "kpis", "products")
"""What the apps and reviews can't do without; the others may come later."""

"""Made-up names of plants and of the people who work there, in Chinese and in pinyin."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

_FIRST = (
    "鹭Lu 汀Ting 榆Yu 芦Lu 澜Lan 沁Qin 溪Xi 岚Lan 柏Bai 棠Tang 枫Feng 桐Tong 蓼Liao 菱Ling "
    "荻Di 鸥Ou 鹤He 雁Yan 霁Ji 朔Shuo 昭Zhao 禾He 稷Ji 沅Yuan 泓Hong 淞Song 浔Xun 渚Zhu 涵Han "
    "清Qing 碧Bi 翠Cui 青Qing 白Bai 玉Yu 银Yin 松Song 竹Zhu 梅Mei 兰Lan 云Yun 霞Xia 星Xing "
    "月Yue"
)
_SECOND = (
    "浦Pu 湾Wan 川Chuan 岭Ling 泽Ze 塘Tang 桥Qiao 洲Zhou 渡Du 堰Yan 坪Ping 屿Yu 沙Sha 滩Tan "
    "源Yuan 溪Xi 原Yuan 陂Pi 港Gang 垛Duo 圩Wei 浜Bang 墩Dun 谷Gu 岗Gang 泉Quan 潭Tan 台Tai"
)
_TRADE = {
    "municipal_water": ("自来水/Waterworks", "供水/Water Supply", "水务/Water"),
    "waste_water": ("污水厂/Wastewater", "水质净化厂/Water Reclamation", "排水/Drainage"),
    "food_beverage": ("食品/Foods", "乳业/Dairy", "饮料/Beverages", "酿造/Brewery"),
    "semiconductor": ("半导体/Semiconductor", "微电子/Microelectronics", "光电/Optoelectronics"),
    "aquaculture": ("水产/Aquaculture", "渔业/Fisheries", "养殖/Fish Farm"),
    "power_chemicals": ("热电/Power", "化工/Chemicals", "电厂/Power Station"),
}
_SURNAMES = (
    "王Wang 李Li 张Zhang 刘Liu 陈Chen 杨Yang 黄Huang 赵Zhao 吴Wu 周Zhou 徐Xu 孙Sun 马Ma 朱Zhu "
    "胡Hu 郭Guo 何He 林Lin 高Gao 罗Luo 郑Zheng 梁Liang 谢Xie 宋Song 唐Tang 许Xu 韩Han 邓Deng "
    "冯Feng 曹Cao 彭Peng 曾Zeng 肖Xiao 田Tian 董Dong 潘Pan 袁Yuan 蔡Cai 蒋Jiang 余Yu 于Yu "
    "杜Du 叶Ye 程Cheng 魏Wei 苏Su 吕Lü 丁Ding 任Ren 卢Lu 姚Yao 钟Zhong"
)
_GIVEN = (
    "志Zhi 文Wen 建Jian 国Guo 海Hai 立Li 平Ping 强Qiang 晓Xiao 明Ming 慧Hui 敏Min 静Jing 丽Li "
    "军Jun 永Yong 春Chun 秋Qiu 雪Xue 梅Mei 玉Yu 俊Jun 伟Wei 宏Hong 振Zhen 家Jia 嘉Jia 思Si "
    "雨Yu 欣Xin 怡Yi 佳Jia 东Dong 辉Hui 勇Yong 斌Bin 洁Jie 琳Lin 芳Fang 娟Juan 霞Xia 宁Ning "
    "凯Kai 浩Hao 磊Lei 涛Tao 峰Feng 燕Yan 青Qing 华Hua 荣Rong 根Gen"
)
_PLACES = (  # real ones that chance would hit on
    "银川 松原 兰溪 玉溪 青浦 霞浦 沁源 青川 鹤岗 清原 "
    "星沙 松溪 青岗 玉泉 云溪 白沙 清溪 白塘 云台 青溪"
)
_FAMOUS = frozenset({"张国荣", "王海涛", "王丽华", "王建华", "马丽", "李宁", "王伟", "张静"})


def _pairs(words: str) -> list[tuple[str, str]]:
    return [(word[0], word[1:]) for word in words.split()]


def plant_name(rng: Random, industry: str) -> tuple[str, str]:
    """The name of a plant and its English name."""
    first, second = rng.choice(_pairs(_FIRST)), rng.choice(_pairs(_SECOND))
    if first[0] + second[0] in _PLACES or first[0] == second[0]:
        return plant_name(rng, industry)
    trade, trade_en = rng.choice(_TRADE[industry]).split("/")
    return first[0] + second[0] + trade, f"{first[1]}{second[1].lower()} {trade_en}"


def person_name(rng: Random) -> tuple[str, str]:
    """A person's name and its pinyin."""
    surname = rng.choice(_pairs(_SURNAMES))
    given = rng.sample(_pairs(_GIVEN), 2 if rng.random() < 0.8 else 1)
    name = surname[0] + "".join(word for word, _ in given)
    if name in _FAMOUS:
        return person_name(rng)
    pinyin = "".join(sound for _, sound in given).capitalize()
    return name, f"{surname[1]} {pinyin}"

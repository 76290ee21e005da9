"""Chinese surnames: what tells a person's name from other words of two or three characters."""

from __future__ import annotations

# The commonest hundred or so, by the public-security counts of 2020; the given name has one or two characters.
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏"
    "邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔汤惠翁罗阮"
)
# The next forty or so; many begin ordinary words, too, so they count only where words that are no names are kept out.
RARER_SURNAMES = "洪施苗曲凌柳俞翟聂齐兰项祝季鲁庞樊殷颜倪鲍章温童管葛耿左尚岳纪舒路卓邢郁晏蔺闫楼华骆"

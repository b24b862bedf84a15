"""The example organisations, and one that the Tianjin fund settles with a single number."""

from pathlib import Path

EXAMPLES = Path(__file__).parents[2] / "examples"
TIANJIN, BEIJING, TIBET = (EXAMPLES / f"{name}.yaml" for name in (
    "tianjin-sensor-maker", "beijing-institute", "tibet-plateau-laboratory"))

# Enough for the Tianjin fund to come out with one number: 8 万元.
SETTLED = """
单位类型: 企业
注册地: "120104"
申报日: 2022-06-01
提交日: 2022-05-01
申报通知截止日: 2022-06-30
资金申报材料齐全: 是
资金申报材料真实: 是
无其他违法情形: {值: 是, 判定人: 市局, 日期: 2022-05-20, 依据: 初审意见}
合规记录: []
违规记录: []
标准:
  - {编号: GB/T 1-2021, 级别: 国家标准, 制修订: 制定, 位次: 1, 发布日期: 2021-05-01,
     已批准发布: 是, 已获市级财政支持: 否}
奖项: []
技术组织: []
试点示范: []
领跑者: []
领跑者评估: []
境外采信: []
标准化会议: []
"""

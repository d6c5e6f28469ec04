"""A centre's own sentences: one situation replaced, one added, one notice of time."""

from typing import Final

OWN: Final = """# 우리 센터
[[situation]]
id = "profanity"
title = "욕설(우리 센터)"
labels = ["profanity"]
plea = "욕설은 멈춰 주시면 고맙겠습니다."
warning = "욕설이 이어지면 상담을 종료합니다. 이 통화는 녹음되고 있습니다."
final = "욕설이 이어져 상담을 종료합니다."

[[situation]]
id = "ai_voice"
title = "음성 합성으로 괴롭힘"
labels = ["insult"]
choose_only = true
plea = "직접 말씀해 주시기 바랍니다."
warning = "직접 말씀하지 않으시면 상담을 종료할 수 있습니다. 이 통화는 녹음되고 있습니다."
final = "모욕하는 소리가 이어져 상담을 종료합니다."

[time]
notice = "{notice}분이 지났습니다. {limit}분까지 상담합니다."
"""

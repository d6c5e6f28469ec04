<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en_US">
    <context>
        <name>AnswersPane</name>
        <message>
            <source>Answers</source>
            <translation>답변</translation>
        </message>
        <message>
            <source>Search the counselling DB  Ctrl+K</source>
            <translation>상담DB 검색  Ctrl+K</translation>
        </message>
        <message>
            <source>Search the counselling DB</source>
            <translation>상담DB 검색</translation>
        </message>
    </context>
    <context>
        <name>CallBar</name>
        <message>
            <source>State of the desk</source>
            <translation>상담 화면 상태</translation>
        </message>
        <message>
            <source>○ No call</source>
            <translation>○ 통화 없음</translation>
        </message>
        <message>
            <source>Caller</source>
            <translation>시민</translation>
        </message>
        <message>
            <source>Counsellor</source>
            <translation>상담사</translation>
        </message>
        <message>
            <source>Loudness: {side}</source>
            <translation>소리 크기: {side}</translation>
        </message>
        <message>
            <source>Open the outbox (Ctrl+O)</source>
            <translation>보낼함 열기 (Ctrl+O)</translation>
        </message>
        <message>
            <source>Quiet</source>
            <translation>조용히</translation>
        </message>
        <message>
            <source>Normal</source>
            <translation>보통</translation>
        </message>
        <message>
            <source>Active</source>
            <translation>적극</translation>
        </message>
        <message>
            <source>Offer answers: {how}</source>
            <translation>답변 제안: {how}</translation>
        </message>
        <message>
            <source>Saved calls (Ctrl+H)</source>
            <translation>지난 상담 (Ctrl+H)</translation>
        </message>
        <message>
            <source>Settings (Ctrl+,)</source>
            <translation>설정 (Ctrl+,)</translation>
        </message>
        <message>
            <source>DB {date} not current</source>
            <translation>DB {date} 최신 아님</translation>
        </message>
        <message>
            <source>{count} entries, newest update {date}, file {file}</source>
            <translation>항목 {count}건, 최근 갱신 {date}, 파일 {file}</translation>
        </message>
        <message>
            <source>Unsent {count}</source>
            <translation>미전송 {count}</translation>
        </message>
        <message>
            <source>Unsent {count} (no team key)</source>
            <translation>미전송 {count} (팀 열쇠 없음)</translation>
        </message>
        <message>
            <source>Key in a file</source>
            <translation>열쇠: 파일 보관</translation>
        </message>
        <message>
            <source>Disk low</source>
            <translation>디스크 부족</translation>
        </message>
        <message>
            <source>example</source>
            <translation>예시</translation>
        </message>
        <message>
            <source>local</source>
            <translation>로컬</translation>
        </message>
        <message>
            <source>release</source>
            <translation>공식</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>연습</translation>
        </message>
        <message>
            <source>Recording</source>
            <translation>녹음 파일</translation>
        </message>
        <message>
            <source>silent</source>
            <translation>소리 없음</translation>
        </message>
        <message>
            <source>no device</source>
            <translation>장치 없음</translation>
        </message>
        <message>
            <source>unplugged</source>
            <translation>연결 끊김</translation>
        </message>
        <message>
            <source>Recognition at rest</source>
            <translation>인식 쉬는 중</translation>
        </message>
        <message>
            <source>Lagging {seconds} s</source>
            <translation>지연 {seconds}초</translation>
        </message>
        <message>
            <source>Recognition {seconds} s</source>
            <translation>인식 {seconds}초</translation>
        </message>
        <message>
            <source>finished lines only</source>
            <translation>완성된 줄만</translation>
        </message>
        <message>
            <source>quick recognition</source>
            <translation>빠른 인식</translation>
        </message>
        <message>
            <source>small model</source>
            <translation>작은 모델</translation>
        </message>
        <message>
            <source>counsellor later</source>
            <translation>상담사 나중에</translation>
        </message>
        <message>
            <source>‖ Paused {time}</source>
            <translation>‖ 듣기 멈춤 {time}</translation>
        </message>
        <message>
            <source>● In call {time}</source>
            <translation>● 통화 중 {time}</translation>
        </message>
        <message>
            <source>○ Call ended {time}</source>
            <translation>○ 통화 종료 {time}</translation>
        </message>
        <message>
            <source>DB {date}</source>
            <translation>DB {date}</translation>
        </message>
        <message>
            <source>DB opening …</source>
            <translation>DB 여는 중 …</translation>
        </message>
        <message>
            <source>No speech model</source>
            <translation>음성 모델 없음</translation>
        </message>
        <message>
            <source>The caller&apos;s side is silent. Check the device and its volume.</source>
            <translation>시민 쪽 소리가 들리지 않습니다. 장치와 음량을 확인하세요.</translation>
        </message>
        <message>
            <source>Your microphone is silent. Check mute and volume.</source>
            <translation>상담사 마이크 소리가 들리지 않습니다. 음소거와 음량을 확인하세요.</translation>
        </message>
        <message>
            <source>The caller&apos;s device is missing. Plug it in again.</source>
            <translation>시민 쪽 장치가 없습니다. 장치를 다시 연결하세요.</translation>
        </message>
        <message>
            <source>Your microphone is missing. Plug it in again.</source>
            <translation>상담사 마이크가 없습니다. 마이크를 다시 연결하세요.</translation>
        </message>
        <message>
            <source>The caller&apos;s device was unplugged. Plug it in again.</source>
            <translation>시민 쪽 장치가 빠졌습니다. 장치를 다시 연결하세요.</translation>
        </message>
        <message>
            <source>Your microphone was unplugged. Plug it in again.</source>
            <translation>상담사 마이크가 빠졌습니다. 마이크를 다시 연결하세요.</translation>
        </message>
        <message>
            <source>stuck</source>
            <translation>멈춤</translation>
        </message>
        <message>
            <source>The caller&apos;s device is stuck. If it stays so, plug it in again.</source>
            <translation>시민 쪽 장치가 멈췄습니다. 계속되면 장치를 뺐다가 다시 연결하세요.</translation>
        </message>
        <message>
            <source>Your microphone is stuck. If it stays so, plug it in again.</source>
            <translation>상담사 마이크가 멈췄습니다. 계속되면 마이크를 뺐다가 다시 연결하세요.</translation>
        </message>
    </context>
    <context>
        <name>CardWidget</name>
        <message>
            <source>Special material</source>
            <translation>특별자료</translation>
        </message>
        <message>
            <source>Ended</source>
            <translation>종료</translation>
        </message>
        <message>
            <source>Candidate</source>
            <translation>후보</translation>
        </message>
        <message>
            <source>Department unknown</source>
            <translation>담당 부서 미상</translation>
        </message>
        <message>
            <source>Pick another district</source>
            <translation>다른 구 고르기</translation>
        </message>
        <message>
            <source>{count} districts</source>
            <translation>{count}개 구</translation>
        </message>
        <message>
            <source>No number</source>
            <translation>번호 없음</translation>
        </message>
        <message>
            <source>Updated {date}</source>
            <translation>{date} 갱신</translation>
        </message>
        <message>
            <source>Date unknown</source>
            <translation>갱신일 미상</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>열기</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>복사</translation>
        </message>
        <message>
            <source>Used</source>
            <translation>사용</translation>
        </message>
        <message>
            <source>Not this</source>
            <translation>아님</translation>
        </message>
        <message>
            <source>Unsure</source>
            <translation>불확실</translation>
        </message>
        <message>
            <source>Perhaps</source>
            <translation>보통</translation>
        </message>
        <message>
            <source>Likely</source>
            <translation>유력</translation>
        </message>
        <message>
            <source>Sure</source>
            <translation>확실</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>복사됨</translation>
        </message>
    </context>
    <context>
        <name>CardsPane</name>
        <message>
            <source>Show the waiting answers</source>
            <translation>기다리는 답변 보기</translation>
        </message>
        <message>
            <source>Pin the answers (Ctrl+P)</source>
            <translation>답변 고정 (Ctrl+P)</translation>
        </message>
        <message>
            <source>Answer cards</source>
            <translation>답변 카드</translation>
        </message>
        <message>
            <source>Show the candidates</source>
            <translation>후보 보기</translation>
        </message>
        <message>
            <source>New answers {count} · F5</source>
            <translation>새 답변 {count} · F5</translation>
        </message>
        <message>
            <source>Candidates {count}</source>
            <translation>다음 후보 {count}</translation>
        </message>
        <message>
            <source>Nothing sure for the newest question</source>
            <translation>새 질문: 확실한 답변 없음</translation>
        </message>
        <message>
            <source>“{question}”</source>
            <translation>“{question}”</translation>
        </message>
        <message>
            <source>{seconds} s</source>
            <translation>{seconds}초</translation>
        </message>
        <message>
            <source>Nothing sure enough to show. Search by hand with Ctrl+K.</source>
            <translation>확실한 답변이 없습니다. Ctrl+K로 직접 찾아보세요.</translation>
        </message>
        <message>
            <source>Answers appear after the caller finishes a sentence. Search by hand with Ctrl+K.</source>
            <translation>시민의 말이 끝나면 답변이 나타납니다. Ctrl+K로 언제든 직접 찾을 수 있습니다.</translation>
        </message>
    </context>
    <context>
        <name>ConversationModel</name>
        <message>
            <source>As heard: {text}</source>
            <translation>들린 그대로: {text}</translation>
        </message>
        <message>
            <source>Caller</source>
            <translation>시민</translation>
        </message>
        <message>
            <source>Counsellor</source>
            <translation>상담사</translation>
        </message>
        <message>
            <source>{seconds} s not heard</source>
            <translation>{seconds}초 듣지 못함</translation>
        </message>
        <message>
            <source>Not heard</source>
            <translation>듣지 못함</translation>
        </message>
        <message>
            <source>Perhaps another language</source>
            <translation>외국어 추정</translation>
        </message>
        <message>
            <source>Please check: little voice behind it</source>
            <translation>확인 필요: 말소리 근거가 약함</translation>
        </message>
        <message>
            <source>Please check the numbers</source>
            <translation>숫자 확인 필요</translation>
        </message>
        <message>
            <source>Please check</source>
            <translation>확인 필요</translation>
        </message>
    </context>
    <context>
        <name>ConversationPane</name>
        <message>
            <source>Conversation</source>
            <translation>대화</translation>
        </message>
        <message>
            <source>To the newest line</source>
            <translation>최신 발화로</translation>
        </message>
        <message>
            <source>What is said appears here.</source>
            <translation>주고받은 말이 여기에 나타납니다.</translation>
        </message>
        <message>
            <source>The caller&apos;s language</source>
            <translation>시민의 언어</translation>
        </message>
        <message>
            <source>↓ New lines {count}</source>
            <translation>↓ 새 발화 {count}</translation>
        </message>
    </context>
    <context>
        <name>DigestWindow</name>
        <message>
            <source>Changed answers</source>
            <translation>바뀐 답변</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>Changed {changed} · new {new} · removed {removed}</source>
            <translation>고침 {changed} · 새로 {new} · 없어짐 {removed}</translation>
        </message>
        <message>
            <source>since {date}</source>
            <translation>기준: {date}</translation>
        </message>
        <message>
            <source>the first {count} are listed</source>
            <translation>앞의 {count}건만 보임</translation>
        </message>
        <message>
            <source>changed</source>
            <translation>고침</translation>
        </message>
        <message>
            <source>new</source>
            <translation>새로</translation>
        </message>
        <message>
            <source>removed</source>
            <translation>없어짐</translation>
        </message>
    </context>
    <context>
        <name>EntryView</name>
        <message>
            <source>Back</source>
            <translation>뒤로</translation>
        </message>
        <message>
            <source>Favourite</source>
            <translation>자주 쓰는 답변</translation>
        </message>
        <message>
            <source>Wrong or outdated (Ctrl+Shift+G)</source>
            <translation>틀림/오래됨 (Ctrl+Shift+G)</translation>
        </message>
        <message>
            <source>Wrong/outdated</source>
            <translation>틀림/오래됨</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>복사</translation>
        </message>
        <message>
            <source>Copy the answer</source>
            <translation>답변 복사</translation>
        </message>
        <message>
            <source>Whole entry</source>
            <translation>전체 내용</translation>
        </message>
        <message>
            <source>Ended: {what}</source>
            <translation>종료: {what}</translation>
        </message>
        <message>
            <source>Special material</source>
            <translation>특별자료</translation>
        </message>
        <message>
            <source>Department unknown</source>
            <translation>담당 부서 미상</translation>
        </message>
        <message>
            <source>Phone {number}</source>
            <translation>전화 {number}</translation>
        </message>
        <message>
            <source>Updated {date}</source>
            <translation>{date} 갱신</translation>
        </message>
        <message>
            <source>Date unknown</source>
            <translation>갱신일 미상</translation>
        </message>
        <message>
            <source>Since {date}</source>
            <translation>{date}부터</translation>
        </message>
        <message>
            <source>Whole city</source>
            <translation>시 전체</translation>
        </message>
        <message>
            <source>Answer for {district}</source>
            <translation>해당 구의 답변: {district}</translation>
        </message>
        <message>
            <source>{count} districts</source>
            <translation>{count}개 구</translation>
        </message>
        <message>
            <source>No longer a favourite</source>
            <translation>자주 쓰는 답변에서 빼기</translation>
        </message>
        <message>
            <source>Keep among the favourites</source>
            <translation>자주 쓰는 답변에 넣기</translation>
        </message>
    </context>
    <context>
        <name>EscalationPane</name>
        <message>
            <source>Situation</source>
            <translation>상황</translation>
        </message>
        <message>
            <source>Reason (optional)</source>
            <translation>사유 (선택)</translation>
        </message>
        <message>
            <source>Reason for the hand-over</source>
            <translation>이관 사유</translation>
        </message>
        <message>
            <source>Hand over abuse</source>
            <translation>악성민원 이관</translation>
        </message>
        <message>
            <source>hold F12</source>
            <translation>F12 길게</translation>
        </message>
        <message>
            <source>Handed over {time} · {delivery}</source>
            <translation>이관 접수 {time} · {delivery}</translation>
        </message>
        <message>
            <source>Unsent</source>
            <translation>미전송</translation>
        </message>
        <message>
            <source>Unsent (no team key)</source>
            <translation>미전송 (팀 열쇠 없음)</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>전송됨</translation>
        </message>
        <message>
            <source>Sealing …</source>
            <translation>봉인하는 중…</translation>
        </message>
    </context>
    <context>
        <name>Hearing</name>
        <message>
            <source>Nothing foreign was heard so far; Korean stays.</source>
            <translation>아직 외국어로 들린 말이 없어 한국어로 계속 인식합니다.</translation>
        </message>
        <message>
            <source>Caller in: {language} · Ctrl+L Korean</source>
            <translation>시민 인식: {language} · Ctrl+L 한국어로</translation>
        </message>
        <message>
            <source>Perhaps: {language} · Ctrl+L</source>
            <translation>외국어 추정: {language} · Ctrl+L 전환</translation>
        </message>
    </context>
    <context>
        <name>KeySheet</name>
        <message>
            <source>All keys</source>
            <translation>모든 단축키</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
    </context>
    <context>
        <name>Languages</name>
        <message>
            <source>English</source>
            <translation>영어</translation>
        </message>
        <message>
            <source>Chinese</source>
            <translation>중국어</translation>
        </message>
        <message>
            <source>Japanese</source>
            <translation>일본어</translation>
        </message>
        <message>
            <source>Vietnamese</source>
            <translation>베트남어</translation>
        </message>
        <message>
            <source>Thai</source>
            <translation>태국어</translation>
        </message>
        <message>
            <source>Russian</source>
            <translation>러시아어</translation>
        </message>
        <message>
            <source>Mongolian</source>
            <translation>몽골어</translation>
        </message>
        <message>
            <source>Uzbek</source>
            <translation>우즈베크어</translation>
        </message>
        <message>
            <source>Indonesian</source>
            <translation>인도네시아어</translation>
        </message>
        <message>
            <source>Malay</source>
            <translation>말레이어</translation>
        </message>
        <message>
            <source>Tagalog</source>
            <translation>타갈로그어</translation>
        </message>
        <message>
            <source>Nepali</source>
            <translation>네팔어</translation>
        </message>
        <message>
            <source>Khmer</source>
            <translation>크메르어</translation>
        </message>
        <message>
            <source>Burmese</source>
            <translation>미얀마어</translation>
        </message>
        <message>
            <source>Bengali</source>
            <translation>벵골어</translation>
        </message>
        <message>
            <source>Urdu</source>
            <translation>우르두어</translation>
        </message>
        <message>
            <source>Hindi</source>
            <translation>힌디어</translation>
        </message>
        <message>
            <source>Spanish</source>
            <translation>스페인어</translation>
        </message>
        <message>
            <source>French</source>
            <translation>프랑스어</translation>
        </message>
        <message>
            <source>German</source>
            <translation>독일어</translation>
        </message>
        <message>
            <source>Arabic</source>
            <translation>아랍어</translation>
        </message>
    </context>
    <context>
        <name>LineRow</name>
        <message>
            <source>Show what this came from: {time}</source>
            <translation>근거 발화 보기: {time}</translation>
        </message>
        <message>
            <source>Show all turns behind this line</source>
            <translation>이 줄의 근거 발화 모두 보기</translation>
        </message>
        <message>
            <source>Remove this line</source>
            <translation>이 줄 지우기</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Counsellor&apos;s desk</source>
            <translation>상담도우미</translation>
        </message>
        <message>
            <source>The record is kept as a draft under saved calls.</source>
            <translation>기록은 지난 상담에 초안으로 보관했습니다.</translation>
        </message>
        <message>
            <source>End the call with F9 before closing the desk.</source>
            <translation>창을 닫기 전에 F9로 통화를 먼저 끝내세요.</translation>
        </message>
        <message>
            <source>Listening is paused. F2 listens again.</source>
            <translation>듣기를 멈췄습니다. F2를 누르면 다시 듣습니다.</translation>
        </message>
        <message>
            <source>The note on the entry is kept for the DB team.</source>
            <translation>DB팀에 전할 답변 수정 요청을 남겼습니다.</translation>
        </message>
        <message>
            <source>Speech recognition was started again. Nothing said is lost.</source>
            <translation>음성 인식을 다시 시작했습니다. 잃은 말은 없습니다.</translation>
        </message>
        <message>
            <source>The search for answers was started again.</source>
            <translation>답변 검색을 다시 시작했습니다.</translation>
        </message>
        <message>
            <source>Listening was started again. The gap is marked in the conversation.</source>
            <translation>듣기를 다시 시작했습니다. 듣지 못한 구간은 대화에 표시했습니다.</translation>
        </message>
        <message>
            <source>A part of the program was started again.</source>
            <translation>프로그램의 한 부분을 다시 시작했습니다.</translation>
        </message>
        <message>
            <source>File or close the wrap-up before the next call.</source>
            <translation>상담 기록을 저장하거나 닫은 뒤 다음 통화를 시작하세요.</translation>
        </message>
        <message>
            <source>The record is filed. F2 starts the next call.</source>
            <translation>상담 기록을 저장했습니다. F2를 누르면 다음 통화를 시작합니다.</translation>
        </message>
    </context>
    <context>
        <name>NextSentencePane</name>
        <message>
            <source>What to say now</source>
            <translation>지금 할 말</translation>
        </message>
        <message>
            <source>Nothing to say beyond the call itself.</source>
            <translation>지금 따로 안내할 말이 없습니다.</translation>
        </message>
        <message>
            <source>A person in danger: {kind}</source>
            <translation>위기 신호: {kind}</translation>
        </message>
        <message>
            <source>Copy the number: {name}</source>
            <translation>번호 복사: {name}</translation>
        </message>
        <message>
            <source>Warnings given {given} of {allowed}</source>
            <translation>경고 {allowed}회 중 {given}회 함</translation>
        </message>
        <message>
            <source>I have said it</source>
            <translation>안내함</translation>
        </message>
        <message>
            <source>The last warning was given. You may end the call or hand it over.</source>
            <translation>마지막 경고까지 했습니다. 통화를 끝내거나 이관할 수 있습니다.</translation>
        </message>
        <message>
            <source>Profanity</source>
            <translation>욕설</translation>
        </message>
        <message>
            <source>Insult</source>
            <translation>모욕</translation>
        </message>
        <message>
            <source>Sexual harassment</source>
            <translation>성희롱</translation>
        </message>
        <message>
            <source>Threat</source>
            <translation>위협</translation>
        </message>
        <message>
            <source>Hateful words</source>
            <translation>혐오 발언</translation>
        </message>
        <message>
            <source>Unreasonable demand</source>
            <translation>무리한 요구</translation>
        </message>
        <message>
            <source>thoughts of suicide</source>
            <translation>자살 생각</translation>
        </message>
        <message>
            <source>self-harm</source>
            <translation>자해</translation>
        </message>
        <message>
            <source>violence</source>
            <translation>폭력 피해</translation>
        </message>
        <message>
            <source>a child at risk</source>
            <translation>아동 위험</translation>
        </message>
        <message>
            <source>an elder at risk</source>
            <translation>노인 위험</translation>
        </message>
        <message>
            <source>isolation</source>
            <translation>고립</translation>
        </message>
        <message>
            <source>hardship</source>
            <translation>생계 곤란</translation>
        </message>
        <message>
            <source>fire or injury</source>
            <translation>화재·부상</translation>
        </message>
    </context>
    <context>
        <name>NoteStrip</name>
        <message>
            <source>Wrong</source>
            <translation>틀림</translation>
        </message>
        <message>
            <source>Outdated</source>
            <translation>오래됨</translation>
        </message>
        <message>
            <source>Phone number</source>
            <translation>전화번호</translation>
        </message>
        <message>
            <source>Other</source>
            <translation>기타</translation>
        </message>
        <message>
            <source>Close (Esc)</source>
            <translation>닫기 (Esc)</translation>
        </message>
        <message>
            <source>Take back</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Question that is not in the DB</source>
            <translation>DB에 없는 문의</translation>
        </message>
        <message>
            <source>What is missing in the DB, in one line</source>
            <translation>DB에 없는 내용을 한 줄로 적어 주세요</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>고치기</translation>
        </message>
        <message>
            <source>Noted: not in the DB. Ctrl+G again to change the words.</source>
            <translation>DB에 없음으로 남겼습니다. 고치려면 Ctrl+G</translation>
        </message>
        <message>
            <source>File</source>
            <translation>남기기</translation>
        </message>
        <message>
            <source>Not in the DB</source>
            <translation>DB에 없음</translation>
        </message>
        <message>
            <source>Open an entry first, then press Ctrl+Shift+G.</source>
            <translation>답변을 먼저 연 뒤 Ctrl+Shift+G를 눌러 주세요.</translation>
        </message>
        <message>
            <source>What is wrong in the entry</source>
            <translation>답변에서 잘못된 점</translation>
        </message>
        <message>
            <source>What is wrong, if you like; Enter files it</source>
            <translation>잘못된 점 (적지 않아도 됩니다). Enter로 남기기</translation>
        </message>
    </context>
    <context>
        <name>NoticeLine</name>
        <message>
            <source>Notices</source>
            <translation>알림</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>Close this notice</source>
            <translation>이 알림 닫기</translation>
        </message>
        <message>
            <source>Something went wrong ({code}).</source>
            <translation>문제가 생겼습니다 ({code}).</translation>
        </message>
        <message>
            <source>F1 All keys   Ctrl+K Search   Ctrl+H Saved calls</source>
            <translation>F1 모든 단축키   Ctrl+K 검색   Ctrl+H 지난 상담</translation>
        </message>
        <message>
            <source>{count} more</source>
            <translation>{count}건 더</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>다음</translation>
        </message>
    </context>
    <context>
        <name>NumberRow</name>
        <message>
            <source>Hear again</source>
            <translation>다시 듣기</translation>
        </message>
        <message>
            <source>Copy the number</source>
            <translation>번호 복사</translation>
        </message>
        <message>
            <source>Caller</source>
            <translation>시민</translation>
        </message>
        <message>
            <source>Counsellor</source>
            <translation>상담사</translation>
        </message>
        <message>
            <source>Please check</source>
            <translation>확인 필요</translation>
        </message>
        <message>
            <source>phone</source>
            <translation>전화번호</translation>
        </message>
        <message>
            <source>amount</source>
            <translation>금액</translation>
        </message>
        <message>
            <source>date</source>
            <translation>날짜</translation>
        </message>
        <message>
            <source>time</source>
            <translation>시각</translation>
        </message>
        <message>
            <source>address</source>
            <translation>주소</translation>
        </message>
        <message>
            <source>bus</source>
            <translation>버스</translation>
        </message>
        <message>
            <source>count</source>
            <translation>수량</translation>
        </message>
        <message>
            <source>number</source>
            <translation>숫자</translation>
        </message>
    </context>
    <context>
        <name>NumbersPane</name>
        <message>
            <source>Heard numbers</source>
            <translation>들은 숫자</translation>
        </message>
        <message>
            <source>Show hidden numbers (Ctrl+Shift+M)</source>
            <translation>가린 번호 보기 (Ctrl+Shift+M)</translation>
        </message>
        <message>
            <source>Phone numbers, amounts, dates and addresses appear here.</source>
            <translation>전화번호, 금액, 날짜, 주소가 여기에 크게 나타납니다.</translation>
        </message>
    </context>
    <context>
        <name>OutboxWindow</name>
        <message>
            <source>Outbox</source>
            <translation>보낼함</translation>
        </message>
        <message>
            <source>Sealed packs</source>
            <translation>봉인한 묶음</translation>
        </message>
        <message>
            <source>Sealed</source>
            <translation>봉인 시각</translation>
        </message>
        <message>
            <source>State</source>
            <translation>상태</translation>
        </message>
        <message>
            <source>Tries</source>
            <translation>시도</translation>
        </message>
        <message>
            <source>Destination</source>
            <translation>보낼 곳</translation>
        </message>
        <message>
            <source>Last fault</source>
            <translation>최근 오류</translation>
        </message>
        <message>
            <source>Open the practice team&apos;s inbox</source>
            <translation>연습 전담팀 받은함 열기</translation>
        </message>
        <message>
            <source>Try again now</source>
            <translation>지금 다시 보내기</translation>
        </message>
        <message>
            <source>Unsent</source>
            <translation>미전송</translation>
        </message>
        <message>
            <source>Unsent (no team key)</source>
            <translation>미전송 (팀 열쇠 없음)</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>전송됨</translation>
        </message>
        <message>
            <source>Nothing was handed over yet.</source>
            <translation>아직 이관한 상담이 없습니다.</translation>
        </message>
        <message>
            <source>Everything was sent.</source>
            <translation>모두 전송되었습니다.</translation>
        </message>
        <message>
            <source>Unsent {count}. They stay sealed here and are tried again.</source>
            <translation>미전송 {count}건. 봉인한 채 이 PC에 두고 다시 보냅니다.</translation>
        </message>
        <message>
            <source>There is no team key: ask the team to run “doumi team init” and set its key in the settings.</source>
            <translation>팀 열쇠가 없습니다. 전담팀에 “doumi team init” 실행을 요청하고 설정에서 열쇠를 지정하세요.</translation>
        </message>
    </context>
    <context>
        <name>Reasons</name>
        <message>
            <source>Same words: {detail}</source>
            <translation>같은 말: {detail}</translation>
        </message>
        <message>
            <source>Sounds like what was heard</source>
            <translation>들은 말과 소리가 비슷함</translation>
        </message>
        <message>
            <source>Means nearly the same</source>
            <translation>뜻이 가까움</translation>
        </message>
        <message>
            <source>District in the call: {detail}</source>
            <translation>통화에서 나온 구: {detail}</translation>
        </message>
        <message>
            <source>Used here for such questions: {detail} times</source>
            <translation>이런 문의에 사용한 횟수: {detail}회</translation>
        </message>
        <message>
            <source>Set aside here for such questions, so it stands lower</source>
            <translation>이런 문의에서 제외한 적이 있어 아래에 둠</translation>
        </message>
        <message>
            <source>Over: {detail}</source>
            <translation>끝난 사업: {detail}</translation>
        </message>
        <message>
            <source>Same words</source>
            <translation>같은 말이 있음</translation>
        </message>
        <message>
            <source>District in the call</source>
            <translation>통화에서 나온 구</translation>
        </message>
        <message>
            <source>Opened here for such questions</source>
            <translation>이런 문의에 열어 본 답변</translation>
        </message>
        <message>
            <source>Over</source>
            <translation>끝난 사업</translation>
        </message>
        <message>
            <source>Why this is here</source>
            <translation>이 답변을 보이는 까닭</translation>
        </message>
    </context>
    <context>
        <name>RecordForm</name>
        <message>
            <source>Category</source>
            <translation>분류</translation>
        </message>
        <message>
            <source>Please choose</source>
            <translation>선택하세요</translation>
        </message>
        <message>
            <source>Show what this came from: {time}</source>
            <translation>근거 발화 보기: {time}</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>기록</translation>
        </message>
        <message>
            <source>Inquiry</source>
            <translation>문의</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>답변</translation>
        </message>
        <message>
            <source>Action</source>
            <translation>처리</translation>
        </message>
        <message>
            <source>Follow-up</source>
            <translation>후속조치</translation>
        </message>
    </context>
    <context>
        <name>RecordPane</name>
        <message>
            <source>Record (growing)</source>
            <translation>기록 (자라는 중)</translation>
        </message>
        <message>
            <source>Inquiry</source>
            <translation>문의</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>답변</translation>
        </message>
        <message>
            <source>Action</source>
            <translation>처리</translation>
        </message>
        <message>
            <source>Follow-up</source>
            <translation>후속조치</translation>
        </message>
        <message>
            <source>End the call  F9</source>
            <translation>통화 종료  F9</translation>
        </message>
        <message>
            <source>End the call</source>
            <translation>통화 종료</translation>
        </message>
        <message>
            <source>Wrap-up</source>
            <translation>상담 기록</translation>
        </message>
        <message>
            <source>Records of this call</source>
            <translation>이 통화의 기록</translation>
        </message>
        <message>
            <source>File  Ctrl+Enter</source>
            <translation>저장  Ctrl+Enter</translation>
        </message>
        <message>
            <source>File the record</source>
            <translation>기록 저장</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>복사</translation>
        </message>
        <message>
            <source>Copy the record</source>
            <translation>기록 복사</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>Close this call</source>
            <translation>이 통화 닫기</translation>
        </message>
        <message>
            <source>The draft is being written …</source>
            <translation>초안을 쓰는 중…</translation>
        </message>
        <message>
            <source>Record {number}</source>
            <translation>기록 {number}</translation>
        </message>
        <message>
            <source>Not filed yet</source>
            <translation>저장 전</translation>
        </message>
        <message>
            <source>Filed (version {version})</source>
            <translation>저장됨 ({version}판)</translation>
        </message>
        <message>
            <source>Filed</source>
            <translation>저장됨</translation>
        </message>
        <message>
            <source>Category</source>
            <translation>분류</translation>
        </message>
    </context>
    <context>
        <name>SearchPage</name>
        <message>
            <source>Field</source>
            <translation>분야</translation>
        </message>
        <message>
            <source>All fields</source>
            <translation>분야 전체</translation>
        </message>
        <message>
            <source>District</source>
            <translation>구</translation>
        </message>
        <message>
            <source>All districts</source>
            <translation>구 전체</translation>
        </message>
        <message>
            <source>Department</source>
            <translation>부서</translation>
        </message>
        <message>
            <source>All departments</source>
            <translation>부서 전체</translation>
        </message>
        <message>
            <source>Remove the filters</source>
            <translation>거르기 해제</translation>
        </message>
        <message>
            <source>Favourites {count}</source>
            <translation>자주 쓰는 답변 {count}</translation>
        </message>
        <message>
            <source>Opened lately {count}</source>
            <translation>최근에 연 답변 {count}</translation>
        </message>
        <message>
            <source>Type words, 초성 or the end of a phone number. Favourites (★) and entries opened wait here.</source>
            <translation>낱말, 초성, 전화번호 끝자리로 찾습니다. 자주 쓰는 답변과 최근에 연 답변이 여기에 모입니다.</translation>
        </message>
    </context>
    <context>
        <name>SearchResults</name>
        <message>
            <source>Search results</source>
            <translation>검색 결과</translation>
        </message>
        <message>
            <source>Searching …</source>
            <translation>찾는 중…</translation>
        </message>
        <message>
            <source>{count} found</source>
            <translation>{count}건 찾음</translation>
        </message>
        <message>
            <source>Not in the DB. Try other words, or fewer of them. Ctrl+G notes the gap.</source>
            <translation>DB에 없습니다. 다른 말로 찾거나 낱말을 줄여 보세요. Ctrl+G로 DB에 없음을 남깁니다.</translation>
        </message>
        <message>
            <source>The search could not be made. Please try again.</source>
            <translation>검색하지 못했습니다. 다시 시도해 주세요.</translation>
        </message>
    </context>
    <context>
        <name>SessionModel</name>
        <message>
            <source>Began</source>
            <translation>시작</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>길이</translation>
        </message>
        <message>
            <source>Category</source>
            <translation>분류</translation>
        </message>
        <message>
            <source>Inquiry</source>
            <translation>문의</translation>
        </message>
        <message>
            <source>State</source>
            <translation>상태</translation>
        </message>
        <message>
            <source>filed</source>
            <translation>저장됨</translation>
        </message>
        <message>
            <source>not filed</source>
            <translation>저장 전</translation>
        </message>
        <message>
            <source>handed over</source>
            <translation>이관</translation>
        </message>
        <message>
            <source>practice</source>
            <translation>연습</translation>
        </message>
    </context>
    <context>
        <name>SessionsWindow</name>
        <message>
            <source>Saved calls</source>
            <translation>지난 상담</translation>
        </message>
        <message>
            <source>Search records and what was said</source>
            <translation>기록과 대화 내용 검색</translation>
        </message>
        <message>
            <source>Search saved calls</source>
            <translation>지난 상담 검색</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>열기</translation>
        </message>
        <message>
            <source>Open the selected call</source>
            <translation>고른 상담 열기</translation>
        </message>
        <message>
            <source>All calls</source>
            <translation>전체 상담</translation>
        </message>
        <message>
            <source>Saved call, not live</source>
            <translation>지난 상담 보기</translation>
        </message>
        <message>
            <source>{count} calls, newest first</source>
            <translation>상담 {count}건, 최근 순</translation>
        </message>
        <message>
            <source>No call matches.</source>
            <translation>찾는 상담이 없습니다.</translation>
        </message>
        <message>
            <source>No calls yet.</source>
            <translation>아직 상담이 없습니다.</translation>
        </message>
    </context>
    <context>
        <name>SettingsDialog</name>
        <message>
            <source>Settings</source>
            <translation>설정</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>밝게</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>어둡게</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>고대비</translation>
        </message>
        <message>
            <source>Quiet: only what is sure</source>
            <translation>조용히: 확실한 답변만</translation>
        </message>
        <message>
            <source>Normal: candidates folded away</source>
            <translation>보통: 후보는 접어 둠</translation>
        </message>
        <message>
            <source>Active: candidates shown</source>
            <translation>적극: 후보까지 펼침</translation>
        </message>
        <message>
            <source>Speak practice calls where a Korean voice exists</source>
            <translation>한국어 음성이 있으면 연습 통화를 소리로 들려주기</translation>
        </message>
        <message>
            <source>Choose a folder</source>
            <translation>폴더 선택</translation>
        </message>
        <message>
            <source>Choose the key file</source>
            <translation>열쇠 파일 선택</translation>
        </message>
        <message>
            <source>Language (from the next start)</source>
            <translation>언어 (다음 실행부터)</translation>
        </message>
        <message>
            <source>Look</source>
            <translation>화면</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>글자 크기</translation>
        </message>
        <message>
            <source>How answers are offered</source>
            <translation>답변 제안 방식</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>연습</translation>
        </message>
        <message>
            <source>Folder of the dedicated team</source>
            <translation>전담팀 폴더</translation>
        </message>
        <message>
            <source>Key of the dedicated team (team.pub)</source>
            <translation>전담팀 열쇠 (team.pub)</translation>
        </message>
        <message>
            <source>Address of the dedicated team</source>
            <translation>전담팀 주소</translation>
        </message>
        <message>
            <source>{name} (set by the site)</source>
            <translation>{name} (기관에서 정함)</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>저장</translation>
        </message>
        <message>
            <source>The address must begin with https://.</source>
            <translation>주소는 https:// 로 시작해야 합니다.</translation>
        </message>
        <message>
            <source>Public keys (*.pub);;All files (*)</source>
            <translation>공개 열쇠 (*.pub);;모든 파일 (*)</translation>
        </message>
    </context>
    <context>
        <name>Shortcuts</name>
        <message>
            <source>Start a call; in a call: pause or resume listening</source>
            <translation>통화 시작 · 통화 중: 듣기 멈춤/다시</translation>
        </message>
        <message>
            <source>Mark this moment</source>
            <translation>이 순간 표시</translation>
        </message>
        <message>
            <source>Hear the last seconds again</source>
            <translation>방금 들은 말 다시 듣기</translation>
        </message>
        <message>
            <source>Hear the last doubtful number again</source>
            <translation>확인이 필요한 숫자 다시 듣기</translation>
        </message>
        <message>
            <source>Switch the caller&apos;s language as offered, or back</source>
            <translation>시민의 언어를 권한 대로 바꾸기, 다시 누르면 되돌리기</translation>
        </message>
        <message>
            <source>End the call</source>
            <translation>통화 종료</translation>
        </message>
        <message>
            <source>Hold: hand an abusive call over</source>
            <translation>길게: 악성민원 이관</translation>
        </message>
        <message>
            <source>Show or hide heard numbers</source>
            <translation>들은 숫자 보기/가리기</translation>
        </message>
        <message>
            <source>Copy the last number</source>
            <translation>마지막 숫자 복사</translation>
        </message>
        <message>
            <source>Search the counselling DB</source>
            <translation>상담DB 검색</translation>
        </message>
        <message>
            <source>Show the waiting answers</source>
            <translation>기다리는 답변 보기</translation>
        </message>
        <message>
            <source>Copy the answer</source>
            <translation>답변 복사</translation>
        </message>
        <message>
            <source>Mark the answer as used</source>
            <translation>답변 사용 표시</translation>
        </message>
        <message>
            <source>Not this answer</source>
            <translation>이 답변 아님</translation>
        </message>
        <message>
            <source>Open answer 1</source>
            <translation>답변 1 열기</translation>
        </message>
        <message>
            <source>Open answer 2</source>
            <translation>답변 2 열기</translation>
        </message>
        <message>
            <source>Open answer 3</source>
            <translation>답변 3 열기</translation>
        </message>
        <message>
            <source>Not in the DB: note the gap</source>
            <translation>DB에 없음 남기기</translation>
        </message>
        <message>
            <source>The entry is wrong or outdated</source>
            <translation>답변이 틀림/오래됨</translation>
        </message>
        <message>
            <source>Pin the answers: keep them as they are</source>
            <translation>답변 고정: 그대로 두기</translation>
        </message>
        <message>
            <source>Record: category</source>
            <translation>기록: 분류</translation>
        </message>
        <message>
            <source>Record: inquiry</source>
            <translation>기록: 문의</translation>
        </message>
        <message>
            <source>Record: answer</source>
            <translation>기록: 답변</translation>
        </message>
        <message>
            <source>Record: action</source>
            <translation>기록: 처리</translation>
        </message>
        <message>
            <source>Record: follow-up</source>
            <translation>기록: 후속조치</translation>
        </message>
        <message>
            <source>File the record</source>
            <translation>기록 저장</translation>
        </message>
        <message>
            <source>This page</source>
            <translation>이 화면</translation>
        </message>
        <message>
            <source>Saved calls</source>
            <translation>지난 상담</translation>
        </message>
        <message>
            <source>Outbox</source>
            <translation>보낼함</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>설정</translation>
        </message>
        <message>
            <source>Larger text</source>
            <translation>글자 크게</translation>
        </message>
        <message>
            <source>Smaller text</source>
            <translation>글자 작게</translation>
        </message>
        <message>
            <source>Close only what you opened</source>
            <translation>내가 연 것만 닫기</translation>
        </message>
        <message>
            <source>In a call</source>
            <translation>통화</translation>
        </message>
        <message>
            <source>Answers</source>
            <translation>답변</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>기록</translation>
        </message>
        <message>
            <source>Desk</source>
            <translation>화면</translation>
        </message>
        <message>
            <source>Close the desk</source>
            <translation>데스크 닫기</translation>
        </message>
    </context>
    <context>
        <name>SoundCheckDialog</name>
        <message>
            <source>Sound check</source>
            <translation>소리 점검</translation>
        </message>
        <message>
            <source>Say a sentence, and let the caller&apos;s side play something.</source>
            <translation>한 문장을 말해 보고, 시민 쪽에서도 소리가 나게 해 보세요.</translation>
        </message>
        <message>
            <source>Your microphone</source>
            <translation>내 마이크</translation>
        </message>
        <message>
            <source>Caller&apos;s device</source>
            <translation>시민 쪽 장치</translation>
        </message>
        <message>
            <source>Loudness of your microphone</source>
            <translation>내 마이크 소리 크기</translation>
        </message>
        <message>
            <source>Loudness of the caller&apos;s side</source>
            <translation>시민 쪽 소리 크기</translation>
        </message>
        <message>
            <source>Caller&apos;s side</source>
            <translation>시민 쪽</translation>
        </message>
        <message>
            <source>What the PC plays</source>
            <translation>PC에서 나는 소리</translation>
        </message>
        <message>
            <source>A second input</source>
            <translation>두 번째 입력 장치</translation>
        </message>
        <message>
            <source>One stereo device: left you, right the caller</source>
            <translation>스테레오 장치 하나: 왼쪽 상담사, 오른쪽 시민</translation>
        </message>
        <message>
            <source>Look for devices again</source>
            <translation>장치 다시 찾기</translation>
        </message>
        <message>
            <source>Use these</source>
            <translation>이대로 사용</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Looking for devices …</source>
            <translation>장치를 찾는 중…</translation>
        </message>
        <message>
            <source>System default</source>
            <translation>시스템 기본</translation>
        </message>
        <message>
            <source>{name} (default)</source>
            <translation>{name} (기본)</translation>
        </message>
        <message>
            <source>{name} (not plugged in)</source>
            <translation>{name} (연결 안 됨)</translation>
        </message>
        <message>
            <source>The devices could not be opened.</source>
            <translation>장치를 열지 못했습니다.</translation>
        </message>
        <message>
            <source>Heard.</source>
            <translation>잘 들립니다.</translation>
        </message>
        <message>
            <source>Nothing is heard. Check mute and volume, and speak.</source>
            <translation>소리가 들리지 않습니다. 음소거와 볼륨을 확인하고 말해 보세요.</translation>
        </message>
        <message>
            <source>Nothing is heard. Let the caller&apos;s side play something, or choose another device.</source>
            <translation>소리가 들리지 않습니다. 시민 쪽에서 소리를 내거나 다른 장치를 고르세요.</translation>
        </message>
        <message>
            <source>There is no such device. Plug it in and look again.</source>
            <translation>장치가 없습니다. 연결한 뒤 다시 찾아 주세요.</translation>
        </message>
        <message>
            <source>The device was unplugged. Plug it in and look again.</source>
            <translation>장치 연결이 끊겼습니다. 다시 연결한 뒤 찾아 주세요.</translation>
        </message>
        <message>
            <source>The device repeats the same sound. Unplug it and plug it in again.</source>
            <translation>장치가 같은 소리만 되풀이합니다. 뺐다가 다시 연결해 주세요.</translation>
        </message>
    </context>
    <context>
        <name>SpecialsStrip</name>
        <message>
            <source>Special material of today</source>
            <translation>오늘의 특별자료</translation>
        </message>
        <message>
            <source>Special today: {title}</source>
            <translation>오늘의 특별자료: {title}</translation>
        </message>
        <message>
            <source>{count} more</source>
            <translation>외 {count}건</translation>
        </message>
        <message>
            <source>Fold</source>
            <translation>접기</translation>
        </message>
    </context>
    <context>
        <name>StartPanel</name>
        <message>
            <source>Ready for a call</source>
            <translation>통화 준비됨</translation>
        </message>
        <message>
            <source>Start a call  F2</source>
            <translation>통화 시작  F2</translation>
        </message>
        <message>
            <source>Start a call</source>
            <translation>통화 시작</translation>
        </message>
        <message>
            <source>Sound check</source>
            <translation>소리 점검</translation>
        </message>
        <message>
            <source>Open a recording …</source>
            <translation>녹음 파일 열기…</translation>
        </message>
        <message>
            <source>As fast as it goes, not at real speed</source>
            <translation>실제 속도 대신 가장 빠르게</translation>
        </message>
        <message>
            <source>What stays here</source>
            <translation>이 PC에 남는 것</translation>
        </message>
        <message>
            <source>Sound and text stay on this PC, encrypted. Nothing is sent unless you hand a call over.</source>
            <translation>소리와 글은 암호화되어 이 PC에만 남습니다. 이관하지 않는 한 아무것도 보내지 않습니다.</translation>
        </message>
        <message>
            <source>Practice calls</source>
            <translation>연습 통화</translation>
        </message>
        <message>
            <source>Written dialogues: everything runs but recognition. Enter or double-click starts one.</source>
            <translation>글로 쓴 대화입니다. 음성 인식만 빼고 모두 그대로 돌아갑니다. Enter나 두 번 클릭으로 시작합니다.</translation>
        </message>
        <message>
            <source>Start this practice call</source>
            <translation>이 연습 통화 시작</translation>
        </message>
        <message>
            <source>Recent calls</source>
            <translation>최근 상담</translation>
        </message>
        <message>
            <source>All calls</source>
            <translation>전체 상담</translation>
        </message>
        <message>
            <source>No calls yet. Filed records appear here.</source>
            <translation>아직 상담이 없습니다. 저장한 기록이 여기에 나타납니다.</translation>
        </message>
        <message>
            <source>See {count} answers changed since your last shift</source>
            <translation>지난 근무 뒤 바뀐 답변 {count}건 보기</translation>
        </message>
        <message>
            <source>what the PC plays</source>
            <translation>PC에서 나는 소리</translation>
        </message>
        <message>
            <source>a second input</source>
            <translation>두 번째 입력</translation>
        </message>
        <message>
            <source>a stereo device</source>
            <translation>스테레오 장치</translation>
        </message>
        <message>
            <source>system default</source>
            <translation>시스템 기본</translation>
        </message>
        <message>
            <source>Microphone: {microphone}. Caller&apos;s side: {side}.</source>
            <translation>마이크: {microphone} · 시민 쪽: {side}</translation>
        </message>
        <message>
            <source>filed</source>
            <translation>저장됨</translation>
        </message>
        <message>
            <source>not filed</source>
            <translation>저장 전</translation>
        </message>
        <message>
            <source>handed over</source>
            <translation>이관</translation>
        </message>
        <message>
            <source>everyday</source>
            <translation>일상 문의</translation>
        </message>
        <message>
            <source>abuse up to the last warning</source>
            <translation>마지막 경고까지 가는 폭언</translation>
        </message>
        <message>
            <source>a person in danger</source>
            <translation>위기 신호</translation>
        </message>
        <message>
            <source>angry but decent</source>
            <translation>화났지만 정당한 민원</translation>
        </message>
        <message>
            <source>two inquiries</source>
            <translation>문의 두 가지</translation>
        </message>
        <message>
            <source>callback with name and number</source>
            <translation>이름과 번호를 남긴 회신 요청</translation>
        </message>
        <message>
            <source>not in the DB</source>
            <translation>DB에 없는 문의</translation>
        </message>
        <message>
            <source>rambling</source>
            <translation>이야기가 긴 시민</translation>
        </message>
        <message>
            <source>Open a recording</source>
            <translation>녹음 파일 열기</translation>
        </message>
        <message>
            <source>Recordings (*.wav *.flac)</source>
            <translation>녹음 파일 (*.wav *.flac)</translation>
        </message>
        <message>
            <source>No speech model: run “doumi models fetch” and open the desk again. Practice calls still work.</source>
            <translation>음성 모델이 없습니다. ‘doumi models fetch’를 실행한 뒤 다시 여세요. 연습 통화는 지금도 할 수 있습니다.</translation>
        </message>
    </context>
    <context>
        <name>_Field</name>
        <message>
            <source>Add a line: {field}</source>
            <translation>줄 추가: {field}</translation>
        </message>
    </context>
    <context>
        <name>_HitDelegate</name>
        <message>
            <source>{count} districts</source>
            <translation>{count}개 구</translation>
        </message>
        <message>
            <source>Ended</source>
            <translation>종료</translation>
        </message>
    </context>
    <context>
        <name>_Hits</name>
        <message>
            <source>ended</source>
            <translation>종료</translation>
        </message>
    </context>
</TS>

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en_US">
    <context>
        <name>AboutWindow</name>
        <message>
            <source>About the program</source>
            <translation>프로그램 정보</translation>
        </message>
        <message>
            <source>Sangdam Doumi</source>
            <translation>상담도우미</translation>
        </message>
        <message>
            <source>Facts and licence</source>
            <translation>정보와 라이선스</translation>
        </message>
        <message>
            <source>Models in use</source>
            <translation>쓰고 있는 모델</translation>
        </message>
        <message>
            <source>Find a part or a licence</source>
            <translation>부품이나 라이선스 찾기</translation>
        </message>
        <message>
            <source>Parts of the program</source>
            <translation>프로그램 부품</translation>
        </message>
        <message>
            <source>Copy version</source>
            <translation>버전 정보 복사</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>Sangdam Doumi {version}</source>
            <translation>상담도우미 {version}</translation>
        </message>
        <message>
            <source>Build {commit} of {date}</source>
            <translation>빌드 {commit}, {date}</translation>
        </message>
        <message>
            <source>Run from its source, not from a build</source>
            <translation>빌드가 아닌 원본 코드로 실행 중입니다</translation>
        </message>
        <message>
            <source>Portable: {folder}</source>
            <translation>휴대 모드: {folder}</translation>
        </message>
        <message>
            <source>Hearing</source>
            <translation>음성 인식</translation>
        </message>
        <message>
            <source>Search by meaning</source>
            <translation>의미 검색</translation>
        </message>
        <message>
            <source>brought by the site</source>
            <translation>기관에서 넣은 모델</translation>
        </message>
        <message>
            <source>Parts: {count}</source>
            <translation>부품 {count}개</translation>
        </message>
        <message>
            <source>No part fits these words</source>
            <translation>맞는 부품이 없습니다</translation>
        </message>
    </context>
    <context>
        <name>AgreementTable</name>
        <message>
            <source>Agreement by item</source>
            <translation>항목별 일치도</translation>
        </message>
        <message>
            <source>Item</source>
            <translation>항목</translation>
        </message>
        <message>
            <source>Calls</source>
            <translation>통화</translation>
        </message>
        <message>
            <source>Kappa</source>
            <translation>카파</translation>
        </message>
        <message>
            <source>Alpha</source>
            <translation>알파</translation>
        </message>
        <message>
            <source>Furthest apart</source>
            <translation>가장 다른 통화</translation>
        </message>
        <message>
            <source>{call}: {points} points</source>
            <translation>{call}: {points}점</translation>
        </message>
        <message>
            <source>No call has two submitted ratings yet.</source>
            <translation>아직 두 사람이 평가를 제출한 통화가 없습니다.</translation>
        </message>
        <message>
            <source>Talk about these items first: {items}</source>
            <translation>먼저 이야기할 항목: {items}.</translation>
        </message>
        <message>
            <source>Of the items with a figure none lies below {low}.</source>
            <translation>값이 있는 항목 가운데 {low}보다 낮은 것은 없습니다.</translation>
        </message>
        <message>
            <source>Items without a figure: {count}. It takes two calls with two ratings that differ.</source>
            <translation>값을 낼 수 없는 항목은 {count}개입니다. 두 사람이 평가한 통화가 둘 이상이고 점수가 서로 달라야 값이 나옵니다.</translation>
        </message>
        <message>
            <source>Kappa: quadratic weights. Alpha: Krippendorff's, ordinal. 1 is full agreement.</source>
            <translation>카파는 제곱 가중, 알파는 크리펜도르프 서열 척도이며, 1이면 완전히 같습니다.</translation>
        </message>
        <message>
            <source>not defined</source>
            <translation>없음</translation>
        </message>
    </context>
    <context>
        <name>Announced</name>
        <message>
            <source>Call started.</source>
            <translation>통화가 시작되었습니다.</translation>
        </message>
        <message>
            <source>The call has ended.</source>
            <translation>통화가 끝났습니다.</translation>
        </message>
        <message>
            <source>A person may be in danger. Look at what to say.</source>
            <translation>위험에 놓인 사람이 있을 수 있습니다. 할 말을 확인하세요.</translation>
        </message>
        <message>
            <source>A sentence to say is ready.</source>
            <translation>안내할 말이 준비되었습니다.</translation>
        </message>
        <message>
            <source>The record is drafted.</source>
            <translation>기록 초안이 준비되었습니다.</translation>
        </message>
        <message>
            <source>The record is filed.</source>
            <translation>기록을 저장했습니다.</translation>
        </message>
        <message>
            <source>The call is handed over.</source>
            <translation>전담팀에 이관했습니다.</translation>
        </message>
        <message>
            <source>On hold.</source>
            <translation>통화가 보류되었습니다.</translation>
        </message>
        <message>
            <source>The call goes on.</source>
            <translation>통화가 이어집니다.</translation>
        </message>
        <message>
            <source>Listening pauses.</source>
            <translation>듣기를 멈췄습니다.</translation>
        </message>
        <message>
            <source>Listening again.</source>
            <translation>다시 듣습니다.</translation>
        </message>
        <message>
            <source>Answer: {title}</source>
            <translation>답변: {title}</translation>
        </message>
        <message>
            <source>Recognition is {seconds} seconds late.</source>
            <translation>인식이 {seconds}초 늦습니다.</translation>
        </message>
        <message>
            <source>The caller cannot be heard.</source>
            <translation>시민 소리가 들리지 않습니다.</translation>
        </message>
        <message>
            <source>The microphone is silent.</source>
            <translation>마이크 소리가 들리지 않습니다.</translation>
        </message>
        <message>
            <source>The caller is heard again.</source>
            <translation>시민 소리가 다시 들립니다.</translation>
        </message>
        <message>
            <source>The microphone is heard again.</source>
            <translation>마이크 소리가 다시 들립니다.</translation>
        </message>
        <message>
            <source>The caller's device is gone.</source>
            <translation>시민 쪽 장치가 빠졌습니다.</translation>
        </message>
        <message>
            <source>The microphone is gone.</source>
            <translation>마이크가 빠졌습니다.</translation>
        </message>
    </context>
    <context>
        <name>Announcer</name>
        <message>
            <source>System default</source>
            <translation>시스템 기본</translation>
        </message>
        <message>
            <source>Announcements are heard here.</source>
            <translation>알림은 여기로 들립니다.</translation>
        </message>
        <message>
            <source>The output for announcements is not there. Choose one in the settings.</source>
            <translation>알림을 들려줄 출력 장치가 없습니다. 설정에서 골라 주세요.</translation>
        </message>
        <message>
            <source>This PC's voice cannot speak into one ear. Announcements go to both.</source>
            <translation>이 PC의 음성은 한쪽 귀로만 말할 수 없습니다. 알림을 양쪽 귀로 들려줍니다.</translation>
        </message>
        <message>
            <source>This PC has no voice to speak announcements with. They stay on the screen.</source>
            <translation>이 PC에 알림을 읽어 줄 음성이 없습니다. 알림은 화면에만 나옵니다.</translation>
        </message>
        <message>
            <source>Announcements are off in this call: their output is the one the caller is heard from.</source>
            <translation>알림 장치가 시민 소리를 받는 장치와 같아 이 통화에서는 알림을 읽지 않습니다.</translation>
        </message>
    </context>
    <context>
        <name>AnswersPane</name>
        <message>
            <source>Answers</source>
            <translation>답변</translation>
        </message>
        <message>
            <source>Search the counselling DB  Ctrl+F</source>
            <translation>상담 DB 검색  Ctrl+F</translation>
        </message>
        <message>
            <source>Search the counselling DB</source>
            <translation>상담 DB 검색</translation>
        </message>
        <message>
            <source>Special material of the day is not kept with a call: it may have stood above the answers.</source>
            <translation>그날의 특별 자료는 통화에 남지 않습니다. 그때 답변 위에 떠 있었을 수 있습니다.</translation>
        </message>
        <message>
            <source>New answers {count} were ready at {time}, not on the screen yet</source>
            <translation>새 답변 {count}개가 {time}에 나와 기다림 · 아직 화면에 없음</translation>
        </message>
    </context>
    <context>
        <name>BesideReplay</name>
        <message>
            <source>Scorecard</source>
            <translation>평가표</translation>
        </message>
        <message>
            <source>All ratings</source>
            <translation>전체 평가</translation>
        </message>
        <message>
            <source>Coaching</source>
            <translation>지도</translation>
        </message>
    </context>
    <context>
        <name>CalibrationPage</name>
        <message>
            <source>Calibration sessions</source>
            <translation>평가 맞춤 목록</translation>
        </message>
        <message>
            <source>Session</source>
            <translation>이름</translation>
        </message>
        <message>
            <source>Made</source>
            <translation>만든 날</translation>
        </message>
        <message>
            <source>State</source>
            <translation>상태</translation>
        </message>
        <message>
            <source>New session</source>
            <translation>새로 시작</translation>
        </message>
        <message>
            <source>Agreement of all second ratings</source>
            <translation>2차 평가 전체의 일치도</translation>
        </message>
        <message>
            <source>New calibration session</source>
            <translation>새 평가 맞춤</translation>
        </message>
        <message>
            <source>Title</source>
            <translation>이름</translation>
        </message>
        <message>
            <source>Title of the session</source>
            <translation>평가 맞춤 이름</translation>
        </message>
        <message>
            <source>Rubric</source>
            <translation>평가표</translation>
        </message>
        <message>
            <source>Calls that everybody rates</source>
            <translation>모두가 평가할 통화</translation>
        </message>
        <message>
            <source>Begin the session</source>
            <translation>시작</translation>
        </message>
        <message>
            <source>Calls that everybody rates; Space ticks one</source>
            <translation>모두가 평가할 통화를 스페이스 키로 고르세요.</translation>
        </message>
        <message>
            <source>Calibration session</source>
            <translation>평가 맞춤</translation>
        </message>
        <message>
            <source>Calls of this session</source>
            <translation>이번 통화</translation>
        </message>
        <message>
            <source>Call</source>
            <translation>통화</translation>
        </message>
        <message>
            <source>Counsellor</source>
            <translation>상담사</translation>
        </message>
        <message>
            <source>Own rating</source>
            <translation>내 평가</translation>
        </message>
        <message>
            <source>Nothing to compare yet: two raters must have submitted a rating of the same call.</source>
            <translation>아직 비교할 것이 없습니다. 적어도 두 사람이 같은 통화의 평가를 제출해야 합니다.</translation>
        </message>
        <message>
            <source>Press again: everybody sees all ratings, nobody can rate for this session any more, and it stays closed. Calls with two ratings: {compared} of {calls}.</source>
            <translation>한 번 더 누르면 모두가 서로의 평가를 보고, 이 평가 맞춤에는 더 평가할 수 없으며, 다시 열 수 없습니다. 두 사람 이상 평가한 통화는 {calls}건 가운데 {compared}건입니다.</translation>
        </message>
        <message>
            <source>What was agreed</source>
            <translation>합의한 내용</translation>
        </message>
        <message>
            <source>Replay and rate</source>
            <translation>다시 보고 평가</translation>
        </message>
        <message>
            <source>Close the session and compare</source>
            <translation>마치고 비교</translation>
        </message>
        <message>
            <source>Press again to close, for good</source>
            <translation>한 번 더 눌러 마치기</translation>
        </message>
        <message>
            <source>Keep what was agreed</source>
            <translation>합의 저장</translation>
        </message>
        <message>
            <source>closed</source>
            <translation>마침</translation>
        </message>
        <message>
            <source>open</source>
            <translation>진행 중</translation>
        </message>
        <message>
            <source>Give the session a title.</source>
            <translation>이름을 적어 주세요.</translation>
        </message>
        <message>
            <source>Choose a rubric and at least one call.</source>
            <translation>평가표와 통화를 하나 이상 고르세요.</translation>
        </message>
        <message>
            <source>The session is open. Until it is closed nobody sees the others' ratings.</source>
            <translation>시작했습니다. 마칠 때까지 서로의 평가를 볼 수 없습니다.</translation>
        </message>
        <message>
            <source>no longer here</source>
            <translation>이제 없음</translation>
        </message>
        <message>
            <source>not begun</source>
            <translation>시작 전</translation>
        </message>
        <message>
            <source>begun</source>
            <translation>평가 중</translation>
        </message>
        <message>
            <source>submitted</source>
            <translation>제출함</translation>
        </message>
        <message>
            <source>Closed on {day}.</source>
            <translation>{day}에 마쳤습니다.</translation>
        </message>
        <message>
            <source>Open: nobody sees the others' ratings until it is closed.</source>
            <translation>진행 중이며, 마칠 때까지 서로의 평가를 볼 수 없습니다.</translation>
        </message>
        <message>
            <source>There is no rubric yet.</source>
            <translation>아직 평가표가 없습니다.</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>길이</translation>
        </message>
        <message>
            <source>Submitted ratings</source>
            <translation>제출</translation>
        </message>
        <message>
            <source>All second ratings: {rubric}</source>
            <translation>2차 평가 전체: {rubric}</translation>
        </message>
        <message>
            <source>Closed. The ratings can be compared now.</source>
            <translation>마쳤습니다. 이제 평가를 비교할 수 있습니다.</translation>
        </message>
        <message>
            <source>Kept.</source>
            <translation>저장했습니다.</translation>
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
            <source>Recording and how long it is kept</source>
            <translation>녹음과 보관 기간</translation>
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
            <source>Open the outbox (Ctrl+O)</source>
            <translation>보낼함 열기 (Ctrl+O)</translation>
        </message>
        <message>
            <source>Offer answers</source>
            <translation>답변 제안</translation>
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
            <source>Conversation (Ctrl+T)</source>
            <translation>대화 (Ctrl+T)</translation>
        </message>
        <message>
            <source>End the call (F9)</source>
            <translation>통화 종료 (F9)</translation>
        </message>
        <message>
            <source>The whole desk again (Ctrl+F11)</source>
            <translation>전체 화면으로 (Ctrl+F11)</translation>
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
            <source>Profile</source>
            <translation>프로필</translation>
        </message>
        <message>
            <source>‖ On hold {time}</source>
            <translation>‖ 보류 중 {time}</translation>
        </message>
        <message>
            <source>Profile: {name}</source>
            <translation>프로필: {name}</translation>
        </message>
        <message>
            <source>{text}: evidence {packs}, records {records}. Opens the outbox (Ctrl+O).</source>
            <translation>{text}: 증거 {packs}, 기록 {records}. 보낼 자료를 엽니다(Ctrl+O).</translation>
        </message>
        <message>
            <source>DB {date} not current</source>
            <translation>DB {date} 최신 아님</translation>
        </message>
        <message>
            <source>DB could not be opened</source>
            <translation>DB 열지 못함</translation>
        </message>
        <message>
            <source>{count} entries, newest update {date}, file {file}</source>
            <translation>항목 {count}건, 최근 갱신 {date}, 파일 {file}</translation>
        </message>
        <message>
            <source>Recorded · {days} days</source>
            <translation>녹음 · {days}일 보관</translation>
        </message>
        <message>
            <source>Recorded · until the shift ends</source>
            <translation>녹음 · 근무 끝까지 보관</translation>
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
            <source>Not recording</source>
            <translation>녹음 안 함</translation>
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
            <source>{text}. Opens what this PC keeps.</source>
            <translation>{text}. 이 PC에 보관 중인 것을 봅니다.</translation>
        </message>
        <message>
            <source>Recognition at rest</source>
            <translation>인식 대기</translation>
        </message>
        <message>
            <source>Lagging {seconds} s</source>
            <translation>지연 {seconds}초</translation>
        </message>
        <message>
            <source>Exercise</source>
            <translation>연습</translation>
        </message>
        <message>
            <source>ARS {menu}</source>
            <translation>ARS {menu}</translation>
        </message>
        <message>
            <source>The caller chose in the menus: {path}</source>
            <translation>시민이 안내 메뉴에서 고른 것: {path}</translation>
        </message>
        <message>
            <source>Getting ready: {parts}</source>
            <translation>준비 중: {parts}</translation>
        </message>
        <message>
            <source>Recognition {seconds} s</source>
            <translation>인식 {seconds}초</translation>
        </message>
        <message>
            <source>recognition</source>
            <translation>음성 인식</translation>
        </message>
        <message>
            <source>search by meaning</source>
            <translation>의미 검색</translation>
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
    </context>
    <context>
        <name>CallerBox</name>
        <message>
            <source>Hand over to the team</source>
            <translation>전담팀에 이관</translation>
        </message>
        <message>
            <source>Caller</source>
            <translation>민원인</translation>
        </message>
        <message>
            <source>agreed until {day}</source>
            <translation>기한 {day}</translation>
        </message>
        <message>
            <source>not on the list of managed callers</source>
            <translation>관리 대상 명단에 없음</translation>
        </message>
        <message>
            <source>earlier calls here: {count}</source>
            <translation>이 상담석의 지난 통화 {count}건</translation>
        </message>
        <message>
            <source>Managed caller: abusive</source>
            <translation>관리 대상 민원인: 악성</translation>
        </message>
        <message>
            <source>Managed caller: hard calls</source>
            <translation>관리 대상 민원인: 강성</translation>
        </message>
    </context>
    <context>
        <name>CallsPage</name>
        <message>
            <source>Counsellor, field, plan or day</source>
            <translation>상담사, 분야, 계획, 날짜</translation>
        </message>
        <message>
            <source>Search the calls</source>
            <translation>통화 찾기</translation>
        </message>
        <message>
            <source>Look for new calls  F5</source>
            <translation>새 통화 찾기  F5</translation>
        </message>
        <message>
            <source>Look for new calls</source>
            <translation>새 통화 찾기</translation>
        </message>
        <message>
            <source>Open a file …  Ctrl+O</source>
            <translation>파일 열기 …  Ctrl+O</translation>
        </message>
        <message>
            <source>Open a call package</source>
            <translation>통화 꾸러미 열기</translation>
        </message>
        <message>
            <source>Drawn calls</source>
            <translation>뽑힌 통화</translation>
        </message>
        <message>
            <source>Call</source>
            <translation>통화</translation>
        </message>
        <message>
            <source>Counsellor</source>
            <translation>상담사</translation>
        </message>
        <message>
            <source>Field</source>
            <translation>분야</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>길이</translation>
        </message>
        <message>
            <source>Plan</source>
            <translation>계획</translation>
        </message>
        <message>
            <source>State</source>
            <translation>상태</translation>
        </message>
        <message>
            <source>Here until</source>
            <translation>보관 기한</translation>
        </message>
        <message>
            <source>Replay and rate</source>
            <translation>다시 보고 평가</translation>
        </message>
        <message>
            <source>New: {packages} calls, {letters} answers. Could not be used: {broken}.</source>
            <translation>새로 온 통화 {packages}건, 답 {letters}건입니다. 쓸 수 없는 것: {broken}건</translation>
        </message>
        <message>
            <source>{count} new headers come from desks that are not in the site's list.</source>
            <translation>목록에 없는 상담 PC에서 온 새 통화 안내: {count}건</translation>
        </message>
        <message>
            <source>no code</source>
            <translation>코드 없음</translation>
        </message>
        <message>
            <source>none</source>
            <translation>없음</translation>
        </message>
        <message>
            <source>{count} calls, {waiting} to rate</source>
            <translation>통화 {count}건, 평가할 것 {waiting}건</translation>
        </message>
        <message>
            <source>Objection to answer</source>
            <translation>이의에 답하기</translation>
        </message>
        <message>
            <source>Not delivered yet</source>
            <translation>도착 전</translation>
        </message>
        <message>
            <source>Rating begun</source>
            <translation>평가 중</translation>
        </message>
        <message>
            <source>Rated ({count})</source>
            <translation>평가함({count})</translation>
        </message>
        <message>
            <source>Second rating possible</source>
            <translation>2차 평가 가능</translation>
        </message>
        <message>
            <source>To rate</source>
            <translation>평가 전</translation>
        </message>
        <message>
            <source>The desk has not delivered this call yet.</source>
            <translation>상담 PC에서 아직 이 통화를 보내지 않았습니다.</translation>
        </message>
        <message>
            <source>No call is here yet. Draw a sample, and the desks deliver its calls.</source>
            <translation>아직 통화가 없습니다. 표본을 뽑으면 상담 PC에서 통화를 보냅니다.</translation>
        </message>
        <message>
            <source>In this call: {flags}</source>
            <translation>이 통화의 표시: {flags}</translation>
        </message>
    </context>
    <context>
        <name>CardOrigin</name>
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
            <source>Opened</source>
            <translation>열어 봄</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>복사됨</translation>
        </message>
        <message>
            <source>Pinned</source>
            <translation>고정함</translation>
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
            <source>No answer stood here at that moment.</source>
            <translation>이때 화면에 나온 답변이 없습니다.</translation>
        </message>
        <message>
            <source>Nothing sure enough to show. Search by hand with Ctrl+F.</source>
            <translation>확실한 답변이 없습니다. Ctrl+F로 직접 찾아보세요.</translation>
        </message>
        <message>
            <source>Answers appear after the caller finishes a sentence. Search by hand with Ctrl+F.</source>
            <translation>시민의 말이 끝나면 답변이 나타납니다. Ctrl+F로 언제든 직접 찾을 수 있습니다.</translation>
        </message>
    </context>
    <context>
        <name>CareDesk</name>
        <message>
            <source>The rest is over. Come back whenever you are ready.</source>
            <translation>쉬는 시간이 끝났습니다. 준비되시면 돌아오세요.</translation>
        </message>
        <message>
            <source>You are resting. “Back to work” lets calls begin again.</source>
            <translation>쉬는 중입니다. ‘업무로 돌아가기’를 누르면 통화를 시작할 수 있습니다.</translation>
        </message>
        <message>
            <source>You are working without calls. “Take calls again” below lets calls begin again.</source>
            <translation>전화를 받지 않는 업무 중입니다. 아래의 ‘전화 다시 받기’를 누르면 통화를 시작할 수 있습니다.</translation>
        </message>
    </context>
    <context>
        <name>CareStrip</name>
        <message>
            <source>Care after a hard call</source>
            <translation>힘든 통화 뒤의 돌봄</translation>
        </message>
        <message>
            <source>Rest</source>
            <translation>쉬기</translation>
        </message>
        <message>
            <source>Not now</source>
            <translation>괜찮습니다</translation>
        </message>
        <message>
            <source>No rest now</source>
            <translation>지금은 쉬지 않기</translation>
        </message>
        <message>
            <source>Back to work</source>
            <translation>업무로 돌아가기</translation>
        </message>
        <message>
            <source>Take calls again</source>
            <translation>전화 다시 받기</translation>
        </message>
        <message>
            <source>Support</source>
            <translation>도움 연락처</translation>
        </message>
        <message>
            <source>Contact of the support programme</source>
            <translation>지원 프로그램 연락처</translation>
        </message>
        <message>
            <source>Quiet work</source>
            <translation>조용한 업무</translation>
        </message>
        <message>
            <source>Switch to work without calls</source>
            <translation>전화를 받지 않는 업무로 바꾸기</translation>
        </message>
        <message>
            <source>Incident report</source>
            <translation>경위서</translation>
        </message>
        <message>
            <source>Put this away</source>
            <translation>이 줄 닫기</translation>
        </message>
        <message>
            <source>Rest {minutes} min</source>
            <translation>{minutes}분 쉬기</translation>
        </message>
        <message>
            <source>Resting {time}</source>
            <translation>쉬는 중 {time}</translation>
        </message>
        <message>
            <source>Rest is over</source>
            <translation>쉬는 시간 끝</translation>
        </message>
        <message>
            <source>Quiet work: no calls</source>
            <translation>조용한 업무 중: 전화 안 받음</translation>
        </message>
        <message>
            <source>That was a hard call.</source>
            <translation>힘든 통화였습니다.</translation>
        </message>
    </context>
    <context>
        <name>CareWindow</name>
        <message>
            <source>Support and care</source>
            <translation>도움과 돌봄</translation>
        </message>
        <message>
            <source>Support programme</source>
            <translation>상담사 지원 프로그램</translation>
        </message>
        <message>
            <source>No contact is set here yet. Ask your team leader; it is set once for the whole centre.</source>
            <translation>아직 등록된 연락처가 없습니다. 팀장에게 문의해 주세요. 센터에서 한 번 등록하면 모든 자리에 보입니다.</translation>
        </message>
        <message>
            <source>Copy the contact</source>
            <translation>연락처 복사</translation>
        </message>
        <message>
            <source>Work without calls</source>
            <translation>전화를 받지 않는 업무</translation>
        </message>
        <message>
            <source>Switch to work without calls</source>
            <translation>전화를 받지 않는 업무로 바꾸기</translation>
        </message>
        <message>
            <source>Take calls again</source>
            <translation>전화 다시 받기</translation>
        </message>
        <message>
            <source>Incident report</source>
            <translation>경위서</translation>
        </message>
        <message>
            <source>What the law gives you</source>
            <translation>법이 보장하는 것</translation>
        </message>
        <message>
            <source>After abuse at work your employer stops or switches your work where needed, lets you rest longer, and helps with treatment, counselling and the evidence for a complaint. (Occupational Safety and Health Act, article 41; its Enforcement Decree, article 41)</source>
            <translation>폭언을 겪은 뒤에는 업무를 멈추거나 바꾸고, 휴게시간을 늘리고, 치료와 상담, 고소·고발에 필요한 증거 자료 제출을 지원받을 수 있습니다. (산업안전보건법 제41조, 같은 법 시행령 제41조)</translation>
        </message>
        <message>
            <source>Keep a note of my own</source>
            <translation>나만의 메모 남기기</translation>
        </message>
        <message>
            <source>Off unless you want it. Only you see it here: it is in no record, report, statistic, export or evidence, and you can delete it at any time.</source>
            <translation>원하실 때만 켜집니다. 여기에서 본인만 볼 수 있고 상담 기록, 경위서, 통계, 내보내기, 증거 자료 어디에도 들어가지 않으며 언제든 지울 수 있습니다.</translation>
        </message>
        <message>
            <source>My own note</source>
            <translation>나만의 메모</translation>
        </message>
        <message>
            <source>How it was for you, in your words</source>
            <translation>어떠셨는지 편하게 적어 보세요</translation>
        </message>
        <message>
            <source>Delete the note</source>
            <translation>메모 지우기</translation>
        </message>
        <message>
            <source>Keep the note</source>
            <translation>메모 저장</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>You are working without calls. One press takes calls again.</source>
            <translation>지금은 전화를 받지 않습니다. 버튼을 한 번 누르면 다시 받습니다.</translation>
        </message>
        <message>
            <source>Records, learning, practice with colleagues: no call begins until you take calls again.</source>
            <translation>기록 정리나 학습 같은 일을 합니다. 다시 받겠다고 누를 때까지 통화가 시작되지 않습니다.</translation>
        </message>
        <message>
            <source>A note from before is still kept.</source>
            <translation>전에 쓴 메모가 남아 있습니다.</translation>
        </message>
        <message>
            <source>Kept, for you only</source>
            <translation>저장됨, 본인만 볼 수 있음</translation>
        </message>
    </context>
    <context>
        <name>CasePage</name>
        <message>
            <source>Cases</source>
            <translation>사례</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>사례</translation>
        </message>
        <message>
            <source>Field</source>
            <translation>분야</translation>
        </message>
        <message>
            <source>Made</source>
            <translation>만든 날</translation>
        </message>
        <message>
            <source>Save the book as a file …</source>
            <translation>사례집을 파일로 저장 …</translation>
        </message>
        <message>
            <source>What was said</source>
            <translation>대화</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>시각</translation>
        </message>
        <message>
            <source>Who</source>
            <translation>누가</translation>
        </message>
        <message>
            <source>Words and comment</source>
            <translation>말과 해설</translation>
        </message>
        <message>
            <source>Comment on the chosen line</source>
            <translation>고른 줄의 해설</translation>
        </message>
        <message>
            <source>Keep the comment</source>
            <translation>해설 저장</translation>
        </message>
        <message>
            <source>Words to cover, with commas between</source>
            <translation>가릴 낱말, 쉼표로 나누기</translation>
        </message>
        <message>
            <source>Cover them</source>
            <translation>가리기</translation>
        </message>
        <message>
            <source>What there is to learn</source>
            <translation>배울 점</translation>
        </message>
        <message>
            <source>Keep what there is to learn</source>
            <translation>배울 점 저장</translation>
        </message>
        <message>
            <source>No case yet. Open a call and add it from the page “Case book”.</source>
            <translation>아직 사례가 없습니다. 통화를 열어 ‘사례집’ 쪽에서 더하세요.</translation>
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
            <source>The comment was kept.</source>
            <translation>해설을 저장했습니다.</translation>
        </message>
        <message>
            <source>Kept.</source>
            <translation>저장했습니다.</translation>
        </message>
        <message>
            <source>The words are covered everywhere in this case.</source>
            <translation>이 사례의 모든 곳에서 가렸습니다.</translation>
        </message>
        <message>
            <source>Press again: the case goes for good</source>
            <translation>한 번 더 누르면 아주 지웁니다</translation>
        </message>
        <message>
            <source>Take the case out</source>
            <translation>사례 빼기</translation>
        </message>
        <message>
            <source>The case was taken out.</source>
            <translation>사례를 뺐습니다.</translation>
        </message>
        <message>
            <source>Case book {day}</source>
            <translation>사례집 {day}</translation>
        </message>
        <message>
            <source>Save the case book</source>
            <translation>사례집 저장</translation>
        </message>
        <message>
            <source>Case book (*.pdf *.html)</source>
            <translation>사례집 (*.pdf *.html)</translation>
        </message>
        <message>
            <source>Written: {file}, {count} cases</source>
            <translation>저장한 파일: {file}, 사례 {count}건</translation>
        </message>
    </context>
    <context>
        <name>CasePane</name>
        <message>
            <source>Case book</source>
            <translation>사례집</translation>
        </message>
        <message>
            <source>Makes a model case of this call. Names, numbers and addresses are covered in it.</source>
            <translation>이 통화로 모범 사례를 만듭니다. 이름과 번호, 주소는 가립니다.</translation>
        </message>
        <message>
            <source>Title of the case</source>
            <translation>사례 이름</translation>
        </message>
        <message>
            <source>What there is to learn</source>
            <translation>배울 점</translation>
        </message>
        <message>
            <source>More words to cover</source>
            <translation>더 가릴 낱말</translation>
        </message>
        <message>
            <source>More words to cover, with commas between</source>
            <translation>더 가릴 낱말, 쉼표로 나누기</translation>
        </message>
        <message>
            <source>Only the marked passage</source>
            <translation>표시한 구간만</translation>
        </message>
        <message>
            <source>With my submitted rating</source>
            <translation>제출한 내 평가와 함께</translation>
        </message>
        <message>
            <source>Add to the case book</source>
            <translation>사례집에 넣기</translation>
        </message>
        <message>
            <source>Give the case a title.</source>
            <translation>사례 이름을 적어 주세요.</translation>
        </message>
        <message>
            <source>Mark a passage on the timeline first.</source>
            <translation>먼저 시간 줄에서 구간을 표시해 주세요.</translation>
        </message>
        <message>
            <source>The case is in the case book. Read it once more there before it is given out.</source>
            <translation>사례집에 넣었습니다. 내보내기 전에 사례집에서 한 번 더 읽어 주세요.</translation>
        </message>
    </context>
    <context>
        <name>CoachingPage</name>
        <message>
            <source>Coaching</source>
            <translation>지도</translation>
        </message>
        <message>
            <source>Coaching of {counsellor}</source>
            <translation>지도 · 상담사 {counsellor}</translation>
        </message>
        <message>
            <source>Tasks</source>
            <translation>과제</translation>
        </message>
        <message>
            <source>Enter: done, or open again</source>
            <translation>Enter: 마침, 다시 누르면 되돌림</translation>
        </message>
        <message>
            <source>Tasks (Enter: done, or open again)</source>
            <translation>과제 (Enter: 마침, 다시 누르면 되돌림)</translation>
        </message>
        <message>
            <source>New task</source>
            <translation>새 과제</translation>
        </message>
        <message>
            <source>What to practise</source>
            <translation>연습할 내용</translation>
        </message>
        <message>
            <source>Item the task is about</source>
            <translation>과제가 다루는 항목</translation>
        </message>
        <message>
            <source>With a day:</source>
            <translation>기한</translation>
        </message>
        <message>
            <source>With a day until which it is to be done</source>
            <translation>기한을 정함</translation>
        </message>
        <message>
            <source>Day until which it is to be done</source>
            <translation>과제 기한</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>등록</translation>
        </message>
        <message>
            <source>Add the task</source>
            <translation>과제 등록</translation>
        </message>
        <message>
            <source>Ratings so far, by day of the call</source>
            <translation>지난 평가 (통화한 날 순서)</translation>
        </message>
        <message>
            <source>Ratings so far</source>
            <translation>지난 평가</translation>
        </message>
        <message>
            <source>About no item in particular</source>
            <translation>특정 항목 없음</translation>
        </message>
        <message>
            <source>This call has no counsellor code.</source>
            <translation>상담사 코드가 없는 통화입니다.</translation>
        </message>
        <message>
            <source>done {day}</source>
            <translation>마침 {day}</translation>
        </message>
        <message>
            <source>open</source>
            <translation>진행 중</translation>
        </message>
        <message>
            <source>until {day}</source>
            <translation>기한 {day}</translation>
        </message>
        <message>
            <source>hidden, so that you can still rate this call blind</source>
            <translation>가림 평가를 할 수 있도록 숨김</translation>
        </message>
        <message>
            <source>another trainer</source>
            <translation>다른 평가 담당</translation>
        </message>
        <message>
            <source>Added. It goes to the counsellor with the rating.</source>
            <translation>등록했습니다. 평가를 보낼 때 함께 갑니다.</translation>
        </message>
        <message>
            <source>Added. It goes to the counsellor when the rating is sent again.</source>
            <translation>추가했습니다. 평가를 다시 보내면 상담사에게 함께 갑니다.</translation>
        </message>
        <message>
            <source>Added. It stays with the trainers: no rating is tied to it.</source>
            <translation>등록했습니다. 평가와 이어지지 않아 상담사에게 가지 않습니다.</translation>
        </message>
    </context>
    <context>
        <name>Column</name>
        <message>
            <source>Panes of the call</source>
            <translation>통화 화면</translation>
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
            <source>The caller's language</source>
            <translation>시민의 언어</translation>
        </message>
        <message>
            <source>↓ New lines {count}</source>
            <translation>↓ 새 발화 {count}</translation>
        </message>
    </context>
    <context>
        <name>CrisisBox</name>
        <message>
            <source>A person in danger: {kind}</source>
            <translation>위기 신호: {kind}</translation>
        </message>
        <message>
            <source>Act now</source>
            <translation>지금 바로 움직여 주세요</translation>
        </message>
        <message>
            <source>Make a warm handover note</source>
            <translation>연계 메모 만들기</translation>
        </message>
        <message>
            <source>Puts what was said, where and what was done so far into a short text for the receiving side.</source>
            <translation>들은 말과 장소, 지금까지 한 일을 받는 쪽에 전할 짧은 글로 모읍니다.</translation>
        </message>
        <message>
            <source>Handover note, from what was said only</source>
            <translation>연계 메모 (통화에서 들은 말만)</translation>
        </message>
        <message>
            <source>Copy the note</source>
            <translation>메모 복사</translation>
        </message>
        <message>
            <source>Names, numbers and addresses are covered in the copy.</source>
            <translation>복사본에서는 이름, 번호, 주소를 가립니다.</translation>
        </message>
        <message>
            <source>Copy with names and numbers</source>
            <translation>이름과 번호까지 복사</translation>
        </message>
        <message>
            <source>For those who go to help. That it was copied is kept in the access log of this PC.</source>
            <translation>도우러 가는 곳에 줄 때 씁니다. 복사한 사실이 이 PC의 접근 기록에 남습니다.</translation>
        </message>
        <message>
            <source>Make the note anew</source>
            <translation>메모 새로 만들기</translation>
        </message>
        <message>
            <source>{district}: {name}</source>
            <translation>{district}: {name}</translation>
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
        <message>
            <source>Copy the number: {name}</source>
            <translation>번호 복사: {name}</translation>
        </message>
        <message>
            <source>Copied, names and numbers covered</source>
            <translation>이름과 번호를 가려 복사했습니다</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>복사했습니다</translation>
        </message>
    </context>
    <context>
        <name>DeskLayouts</name>
        <message>
            <source>Narrow column. F11: two windows.</source>
            <translation>좁은 세로 화면입니다. F11: 두 창</translation>
        </message>
        <message>
            <source>Two windows. F11: one window.</source>
            <translation>두 창으로 나눴습니다. F11: 한 창</translation>
        </message>
        <message>
            <source>One window. F11: narrow column.</source>
            <translation>한 창입니다. F11: 좁은 세로 화면</translation>
        </message>
    </context>
    <context>
        <name>DeskPage</name>
        <message>
            <source>The desk at {time}</source>
            <translation>{time} 당시 화면</translation>
        </message>
        <message>
            <source>on hold</source>
            <translation>보류 중</translation>
        </message>
        <message>
            <source>listening paused</source>
            <translation>듣기 멈춤</translation>
        </message>
    </context>
    <context>
        <name>DigestWindow</name>
        <message>
            <source>Changed answers</source>
            <translation>바뀐 답변</translation>
        </message>
        <message>
            <source>Quiz on these</source>
            <translation>이 내용으로 퀴즈</translation>
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
        <name>DiskState</name>
        <message>
            <source>The sound is in memory only: the disk does not take it.</source>
            <translation>녹음을 디스크에 쓰지 못해 메모리에만 보관하고 있습니다.</translation>
        </message>
        <message>
            <source>The text is not saved yet: the disk does not take it.</source>
            <translation>글을 디스크에 쓰지 못해 아직 저장하지 못했습니다.</translation>
        </message>
    </context>
    <context>
        <name>EndingBox</name>
        <message>
            <source>Handed over to the dedicated team</source>
            <translation>전담팀에 이관했습니다</translation>
        </message>
        <message>
            <source>The call is ended</source>
            <translation>통화를 종료했습니다</translation>
        </message>
        <message>
            <source>The reason is told</source>
            <translation>사유를 고지했습니다</translation>
        </message>
        <message>
            <source>1. Say the reason</source>
            <translation>1. 사유를 말해 주세요</translation>
        </message>
        <message>
            <source>1. The notice is being played …</source>
            <translation>1. 고지를 들려주는 중 …</translation>
        </message>
        <message>
            <source>I have told the reason</source>
            <translation>고지했습니다</translation>
        </message>
        <message>
            <source>2. Hand over or end the call</source>
            <translation>2. 이관하거나 종료</translation>
        </message>
        <message>
            <source>The reason was told at {time}</source>
            <translation>사유를 고지한 시각 {time}</translation>
        </message>
        <message>
            <source>Hand over to the team</source>
            <translation>전담팀에 이관</translation>
        </message>
        <message>
            <source>End the call</source>
            <translation>통화 종료</translation>
        </message>
        <message>
            <source>Being handed over …</source>
            <translation>이관하는 중 …</translation>
        </message>
        <message>
            <source>The call is being ended …</source>
            <translation>통화를 끝내는 중 …</translation>
        </message>
        <message>
            <source>2. Transfer the call to the dedicated team</source>
            <translation>2. 전담팀에 전화를 연결해 주세요</translation>
        </message>
        <message>
            <source>No number is set here: transfer it as your centre does.</source>
            <translation>설정된 번호가 없습니다. 센터의 방법대로 연결해 주세요.</translation>
        </message>
        <message>
            <source>2. Hang up at the telephone</source>
            <translation>2. 전화기에서 통화를 끊어 주세요</translation>
        </message>
        <message>
            <source>I have transferred it</source>
            <translation>연결했습니다</translation>
        </message>
        <message>
            <source>I have hung up</source>
            <translation>종료했습니다</translation>
        </message>
        <message>
            <source>Ctrl+F10</source>
            <translation>Ctrl+F10</translation>
        </message>
        <message>
            <source>F10</source>
            <translation>F10</translation>
        </message>
        <message>
            <source>Copy the number of the dedicated team</source>
            <translation>전담팀 번호 복사</translation>
        </message>
        <message>
            <source>Notice</source>
            <translation>고지</translation>
        </message>
        <message>
            <source>Hand-over</source>
            <translation>이관</translation>
        </message>
        <message>
            <source>End</source>
            <translation>종료</translation>
        </message>
        <message>
            <source>by the centre's program</source>
            <translation>센터 프로그램</translation>
        </message>
        <message>
            <source>by the telephone system</source>
            <translation>전화 시스템</translation>
        </message>
        <message>
            <source>played into the call</source>
            <translation>통화로 재생</translation>
        </message>
        <message>
            <source>confirmed by you</source>
            <translation>상담사 확인</translation>
        </message>
        <message>
            <source>{what} {time} · done, {how}</source>
            <translation>{what} {time} · 완료, {how}</translation>
        </message>
        <message>
            <source>{what} {time} · failed, {how}</source>
            <translation>{what} {time} · 실패, {how}</translation>
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
            <source>Situation: Alt+PgUp and Alt+PgDown change it</source>
            <translation>상황: Alt+PgUp, Alt+PgDown으로 바꿉니다</translation>
        </message>
        <message>
            <source>Choose a reason</source>
            <translation>사유 선택</translation>
        </message>
        <message>
            <source>Reason (optional)</source>
            <translation>덧붙일 말 (선택)</translation>
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
            <source>Handed over after the call {time} · evidence kept · {delivery}</source>
            <translation>통화 뒤 {time} 이관 · 증거 보존 · {delivery}</translation>
        </message>
        <message>
            <source>Handed over {time} · evidence kept · {delivery}</source>
            <translation>{time} 이관 · 증거 보존 · {delivery}</translation>
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
    </context>
    <context>
        <name>EventsModel</name>
        <message>
            <source>Time</source>
            <translation>시각</translation>
        </message>
        <message>
            <source>Event</source>
            <translation>사건</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>내용</translation>
        </message>
    </context>
    <context>
        <name>EventsPage</name>
        <message>
            <source>Events</source>
            <translation>사건 목록</translation>
        </message>
        <message>
            <source>Show only</source>
            <translation>골라 보기</translation>
        </message>
        <message>
            <source>Everything but turns</source>
            <translation>발화 빼고 모두</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>모두</translation>
        </message>
        <message>
            <source>Answers</source>
            <translation>답변</translation>
        </message>
        <message>
            <source>Protection</source>
            <translation>보호</translation>
        </message>
        <message>
            <source>Numbers</source>
            <translation>숫자</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>기록</translation>
        </message>
        <message>
            <source>{count} events</source>
            <translation>{count}건</translation>
        </message>
    </context>
    <context>
        <name>ExerciseList</name>
        <message>
            <source>Hand on, sealed …</source>
            <translation>봉해 건네기 …</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>삭제</translation>
        </message>
        <message>
            <source>Press again to delete</source>
            <translation>한 번 더 눌러 삭제</translation>
        </message>
        <message>
            <source>Exercises</source>
            <translation>연습 과제</translation>
        </message>
        <message>
            <source>with sound</source>
            <translation>소리 있음</translation>
        </message>
        <message>
            <source>written</source>
            <translation>글로</translation>
        </message>
        <message>
            <source>{count} turns of the caller</source>
            <translation>시민 차례 {count}번</translation>
        </message>
    </context>
    <context>
        <name>ExerciseMaker</name>
        <message>
            <source>Exercise</source>
            <translation>연습</translation>
        </message>
        <message>
            <source>Make an exercise of this call</source>
            <translation>이 통화로 연습 과제 만들기</translation>
        </message>
        <message>
            <source>The trainee answers the caller turn by turn and then sees this call beside the own one. Whoever gets the exercise gets its texts, with personal data covered, and the sound of the caller as it was: names and numbers that the caller says can be heard.</source>
            <translation>연습하는 사람이 시민에게 차례대로 응대한 뒤 이 통화와 자기 통화를 나란히 봅니다. 연습 과제에는 개인정보를 가린 글과 시민의 소리만 들어갑니다. 소리는 가리지 않으므로 시민이 말한 이름과 번호가 그대로 들립니다.</translation>
        </message>
        <message>
            <source>Title in the list of exercises</source>
            <translation>연습 목록에 보일 제목</translation>
        </message>
        <message>
            <source>Make the exercise</source>
            <translation>연습 과제 만들기</translation>
        </message>
        <message>
            <source>Exercises that were made</source>
            <translation>만든 연습 과제</translation>
        </message>
        <message>
            <source>The exercise was deleted.</source>
            <translation>연습 과제를 삭제했습니다.</translation>
        </message>
        <message>
            <source>It stands in the list of exercises now.</source>
            <translation>연습 목록에 넣었습니다.</translation>
        </message>
    </context>
    <context>
        <name>ExerciseOutcome</name>
        <message>
            <source>Only you see this comparison; it is not kept and nothing is scored. The call itself stays in your saved calls, labelled as an exercise.</source>
            <translation>이 비교는 본인만 보며 남지 않고, 점수도 매기지 않습니다. 통화는 저장된 통화에 ‘연습’으로 남습니다.</translation>
        </message>
        <message>
            <source>What</source>
            <translation>내용</translation>
        </message>
        <message>
            <source>Model case</source>
            <translation>모범 사례</translation>
        </message>
        <message>
            <source>You</source>
            <translation>내 응대</translation>
        </message>
        <message>
            <source>Time until the answer</source>
            <translation>답하기까지 걸린 시간</translation>
        </message>
        <message>
            <source>The model case beside your call</source>
            <translation>모범 사례와 내 통화 비교</translation>
        </message>
        <message>
            <source>Back to the exercises</source>
            <translation>연습 목록으로</translation>
        </message>
        <message>
            <source>used</source>
            <translation>사용</translation>
        </message>
        <message>
            <source>not used</source>
            <translation>사용 안 함</translation>
        </message>
        <message>
            <source>Answer: {title}</source>
            <translation>답변: {title}</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>없음</translation>
        </message>
        <message>
            <source>Length of the call</source>
            <translation>통화 길이</translation>
        </message>
        <message>
            <source>model case: {wait}</source>
            <translation>모범: {wait}</translation>
        </message>
        <message>
            <source>you: {wait}</source>
            <translation>나: {wait}</translation>
        </message>
        <message>
            <source>At the beginning</source>
            <translation>처음</translation>
        </message>
        <message>
            <source>{seconds} s</source>
            <translation>{seconds}초</translation>
        </message>
        <message>
            <source>not measured</source>
            <translation>재지 않음</translation>
        </message>
        <message>
            <source>Record {number}: {field}</source>
            <translation>기록 {number}: {field}</translation>
        </message>
    </context>
    <context>
        <name>ExerciseWindow</name>
        <message>
            <source>Exercises</source>
            <translation>연습 과제</translation>
        </message>
        <message>
            <source>The caller of a model case speaks; you answer at the desk, turn by turn. The call is labelled as an exercise and is filed nowhere.</source>
            <translation>모범 사례의 시민이 말하면 상담 화면에서 차례대로 응대합니다. 이 통화는 연습으로 표시되고 어디에도 등록되지 않습니다.</translation>
        </message>
        <message>
            <source>Recognise what I say</source>
            <translation>내 말을 인식하기</translation>
        </message>
        <message>
            <source>Begin</source>
            <translation>시작</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>Your answer, where you type it</source>
            <translation>글로 응대할 때 적는 곳</translation>
        </message>
        <message>
            <source>I have answered</source>
            <translation>응대했음</translation>
        </message>
        <message>
            <source>Hang up</source>
            <translation>통화 종료</translation>
        </message>
        <message>
            <source>No exercises yet. A trainer makes them of saved calls, here or as a file to take in.</source>
            <translation>아직 연습 과제가 없습니다. 평가 담당이 저장된 통화로 만들거나, 파일로 보내 줍니다.</translation>
        </message>
        <message>
            <source>Take in a file …</source>
            <translation>받은 파일 넣기 …</translation>
        </message>
        <message>
            <source>Compare with the model case</source>
            <translation>우수 사례와 비교</translation>
        </message>
        <message>
            <source>An exercise that was sent to you</source>
            <translation>받은 연습 과제</translation>
        </message>
        <message>
            <source>Exercise (*.doumi)</source>
            <translation>연습 과제 (*.doumi)</translation>
        </message>
        <message>
            <source>Taken in: {title}</source>
            <translation>받았습니다: {title}</translation>
        </message>
        <message>
            <source>The exercise is over</source>
            <translation>연습이 끝났습니다</translation>
        </message>
        <message>
            <source>Turn {step} of {steps}</source>
            <translation>차례 {step}/{steps}</translation>
        </message>
        <message>
            <source>Everything was said</source>
            <translation>시민의 말이 모두 끝났습니다</translation>
        </message>
        <message>
            <source>Say good-bye and hang up.</source>
            <translation>끝인사를 하고 통화를 종료하세요.</translation>
        </message>
        <message>
            <source>The caller is speaking</source>
            <translation>시민이 말하고 있습니다</translation>
        </message>
        <message>
            <source>The words come on the desk.</source>
            <translation>말한 내용은 상담 화면에 나옵니다.</translation>
        </message>
        <message>
            <source>Your turn</source>
            <translation>응대할 차례입니다</translation>
        </message>
        <message>
            <source>Speak. It goes on when you stop, or press “I have answered”.</source>
            <translation>말씀하세요. 말이 멈추면 넘어가고, “응대했음”을 눌러도 됩니다.</translation>
        </message>
        <message>
            <source>Type your answer and press Enter, or say it aloud and press “I have answered”.</source>
            <translation>응대를 적고 Enter를 누르거나, 소리 내어 말한 뒤 “응대했음”을 누르세요.</translation>
        </message>
        <message>
            <source>Finish the record at the desk first, if you like. The comparison waits here.</source>
            <translation>기록을 먼저 마쳐도 됩니다. 비교는 여기에서 기다립니다.</translation>
        </message>
    </context>
    <context>
        <name>FaultPage</name>
        <message>
            <source>Empties {skill}.</source>
            <translation>이 오류가 있으면 {skill} 점수는 0점이 됩니다.</translation>
        </message>
        <message>
            <source>Empties the whole.</source>
            <translation>이 오류가 있으면 전체가 0점이 됩니다.</translation>
        </message>
        <message>
            <source>Tick it only where it was really made, with evidence or a note.</source>
            <translation>실제로 있었을 때만 표시하고, 근거나 메모를 남겨 주세요.</translation>
        </message>
        <message>
            <source>This fault was made (Space)</source>
            <translation>이 오류가 있었음 (스페이스)</translation>
        </message>
        <message>
            <source>{fault}: this fault was made</source>
            <translation>{fault}: 이 오류가 있었음</translation>
        </message>
    </context>
    <context>
        <name>Field</name>
        <message>
            <source>Add a line: {field}</source>
            <translation>줄 추가: {field}</translation>
        </message>
    </context>
    <context>
        <name>FiguresPage</name>
        <message>
            <source>First day</source>
            <translation>첫날</translation>
        </message>
        <message>
            <source>Last day</source>
            <translation>마지막 날</translation>
        </message>
        <message>
            <source>Period</source>
            <translation>기간</translation>
        </message>
        <message>
            <source>Export as XLSX or CSV …</source>
            <translation>XLSX·CSV로 내보내기 …</translation>
        </message>
        <message>
            <source>Incidents by kind</source>
            <translation>유형별 사건</translation>
        </message>
        <message>
            <source>Incidents by hour</source>
            <translation>시간대별 사건</translation>
        </message>
        <message>
            <source>Incidents by step</source>
            <translation>조치별 사건</translation>
        </message>
        <message>
            <source>By kind</source>
            <translation>유형별</translation>
        </message>
        <message>
            <source>By hour</source>
            <translation>시간대별</translation>
        </message>
        <message>
            <source>By step</source>
            <translation>조치별</translation>
        </message>
        <message>
            <source>Incidents by kind, hour and step</source>
            <translation>유형·시간대·조치별 사건</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>유형</translation>
        </message>
        <message>
            <source>Hour</source>
            <translation>시간대</translation>
        </message>
        <message>
            <source>Step</source>
            <translation>조치</translation>
        </message>
        <message>
            <source>Count</source>
            <translation>건수</translation>
        </message>
        <message>
            <source>{count} incidents</source>
            <translation>사건 {count}건</translation>
        </message>
        <message>
            <source>By kind: {kinds}. Most at {hour}:00. By step: {steps}.</source>
            <translation>유형별: {kinds}. 가장 많은 시간: {hour}시. 조치별: {steps}.</translation>
        </message>
        <message>
            <source>No incident in this period.</source>
            <translation>이 기간에는 사건이 없습니다.</translation>
        </message>
        <message>
            <source>Export the figures</source>
            <translation>통계 내보내기</translation>
        </message>
        <message>
            <source>Tables (*.xlsx *.csv)</source>
            <translation>표 (*.xlsx *.csv)</translation>
        </message>
        <message>
            <source>Written: {file}</source>
            <translation>저장한 파일: {file}</translation>
        </message>
    </context>
    <context>
        <name>FirstStartWindow</name>
        <message>
            <source>First start</source>
            <translation>첫 시작 도우미</translation>
        </message>
        <message>
            <source>The settings open it again</source>
            <translation>설정에서 다시 열 수 있습니다</translation>
        </message>
        <message>
            <source>Later</source>
            <translation>나중에</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>이전</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>건너뛰기</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>다음</translation>
        </message>
        <message>
            <source>What stays here</source>
            <translation>이 PC에 남는 것</translation>
        </message>
        <message>
            <source>What this PC keeps, for how long, and what leaves it.</source>
            <translation>이 PC에 무엇을 얼마나 두고, 무엇이 밖으로 나가는지 보여 줍니다.</translation>
        </message>
        <message>
            <source>Language and look</source>
            <translation>언어와 화면</translation>
        </message>
        <message>
            <source>Choose what you read best. All of it can be changed later in the settings (Ctrl+,).</source>
            <translation>읽기 편한 것을 고르세요. 모두 나중에 설정(Ctrl+,)에서 바꿀 수 있습니다.</translation>
        </message>
        <message>
            <source>Whose PC this is</source>
            <translation>이 PC의 쓰임</translation>
        </message>
        <message>
            <source>A counsellor takes calls here; the dedicated team receives what is handed over.</source>
            <translation>상담사는 전화를 받고, 전담팀은 이관된 증거를 받습니다.</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>소리</translation>
        </message>
        <message>
            <source>Try both sides: speak, and let the telephony program or the PC play something.</source>
            <translation>양쪽을 시험해 보세요. 말씀하시면서 전화 프로그램이나 PC에서도 소리를 내 주세요.</translation>
        </message>
        <message>
            <source>Counselling DB</source>
            <translation>상담 DB</translation>
        </message>
        <message>
            <source>The example works at once. Bring in a file, or let the desk fetch releases from an address.</source>
            <translation>예시 자료는 바로 쓸 수 있습니다. 파일을 가져오거나 주소에서 받아 올 수 있습니다.</translation>
        </message>
        <message>
            <source>Speech model</source>
            <translation>음성 인식 모델</translation>
        </message>
        <message>
            <source>Larger models hear better and take longer. Measure what this PC can do.</source>
            <translation>큰 모델은 더 정확하지만 느립니다. 이 PC에 맞는 모델을 재어 보세요.</translation>
        </message>
        <message>
            <source>Ready</source>
            <translation>준비 끝</translation>
        </message>
        <message>
            <source>A practice call shows everything without a citizen on the line. F1 shows all keys.</source>
            <translation>연습 통화로 시민 없이 모두 해 볼 수 있습니다. F1은 모든 단축키를 보여 줍니다.</translation>
        </message>
        <message>
            <source>Tour over a practice call</source>
            <translation>연습 통화로 둘러보기</translation>
        </message>
        <message>
            <source>Step {place} of {count}</source>
            <translation>{count}단계 중 {place}</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>마침</translation>
        </message>
    </context>
    <context>
        <name>GonePage</name>
        <message>
            <source>Close the window</source>
            <translation>창 닫기</translation>
        </message>
    </context>
    <context>
        <name>GroundPage</name>
        <message>
            <source>Evidence from the call</source>
            <translation>통화 속 근거</translation>
        </message>
        <message>
            <source>Attach what is chosen (E)</source>
            <translation>고른 곳 붙이기 (E)</translation>
        </message>
        <message>
            <source>Attach what is chosen</source>
            <translation>고른 곳 붙이기</translation>
        </message>
        <message>
            <source>Choose a stretch, a turn or an answer on the timeline and attach it.</source>
            <translation>시간 축에서 구간, 발화, 답변을 골라 붙이세요.</translation>
        </message>
        <message>
            <source>Evidence for {item}</source>
            <translation>근거: {item}</translation>
        </message>
        <message>
            <source>Enter: hear it · Delete: take it away</source>
            <translation>Enter: 듣기 · Delete: 빼기</translation>
        </message>
        <message>
            <source>Note (M)</source>
            <translation>메모 (M)</translation>
        </message>
        <message>
            <source>Note on {item}</source>
            <translation>메모: {item}</translation>
        </message>
    </context>
    <context>
        <name>GuideLink</name>
        <message>
            <source>Guide to this window</source>
            <translation>이 창의 사용 안내</translation>
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
        <name>Hints</name>
        <message>
            <source>Suggested: {category} – said: {words}</source>
            <translation>추천: {category} – 나온 말: {words}</translation>
        </message>
    </context>
    <context>
        <name>HoldingsWindow</name>
        <message>
            <source>Recording and how long it is kept</source>
            <translation>녹음과 보관 기간</translation>
        </message>
        <message>
            <source>What this PC keeps</source>
            <translation>이 PC에 보관 중인 것</translation>
        </message>
        <message>
            <source>Periods</source>
            <translation>보관 기간</translation>
        </message>
        <message>
            <source>What</source>
            <translation>구분</translation>
        </message>
        <message>
            <source>Pieces</source>
            <translation>개수</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>크기</translation>
        </message>
        <message>
            <source>Kept</source>
            <translation>보관</translation>
        </message>
        <message>
            <source>Oldest</source>
            <translation>가장 오래된 것</translation>
        </message>
        <message>
            <source>Next goes</source>
            <translation>다음 삭제</translation>
        </message>
        <message>
            <source>Calls that are kept</source>
            <translation>보관 중인 통화</translation>
        </message>
        <message>
            <source>Began</source>
            <translation>시작</translation>
        </message>
        <message>
            <source>What is kept</source>
            <translation>보관 중인 것</translation>
        </message>
        <message>
            <source>Goes</source>
            <translation>지울 때</translation>
        </message>
        <message>
            <source>Export this list</source>
            <translation>이 목록 내보내기</translation>
        </message>
        <message>
            <source>End the shift …</source>
            <translation>근무 마치기 …</translation>
        </message>
        <message>
            <source>Destroy this call …</source>
            <translation>이 통화 지우기 …</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>그대로 두기</translation>
        </message>
        <message>
            <source>Destroy for good</source>
            <translation>되돌릴 수 없게 지우기</translation>
        </message>
        <message>
            <source>The clock of this PC has jumped. Nothing goes by its age before a second day; check date and time.</source>
            <translation>PC의 시계가 크게 바뀌었습니다. 다음 날까지 기한에 따른 삭제를 미룹니다. 날짜와 시각을 확인해 주세요.</translation>
        </message>
        <message>
            <source>Your centre decided these periods; they cannot be changed here.</source>
            <translation>센터가 정한 보관 기간입니다. 여기서는 바꿀 수 없습니다.</translation>
        </message>
        <message>
            <source>These are the program's own periods. Your centre can decide others; they cannot be changed here.</source>
            <translation>프로그램의 기본 보관 기간입니다. 센터가 달리 정할 수 있으며 여기서는 바꿀 수 없습니다.</translation>
        </message>
        <message>
            <source>On the basis of: {basis}</source>
            <translation>근거: {basis}</translation>
        </message>
        <message>
            <source>Home worker: nothing outlives the shift but evidence and what was handed over.</source>
            <translation>재택 방식: 근무를 마치면 증거와 넘긴 것 말고는 남지 않습니다.</translation>
        </message>
        <message>
            <source>{count} calls are kept.</source>
            <translation>통화 {count}건을 보관하고 있습니다.</translation>
        </message>
        <message>
            <source>No call is kept.</source>
            <translation>보관 중인 통화가 없습니다.</translation>
        </message>
        <message>
            <source>{count} of them are evidence on hold and do not go.</source>
            <translation>그 가운데 {count}건은 증거로 보존 중이라 지워지지 않습니다.</translation>
        </message>
        <message>
            <source>{count} sealed packs are not delivered yet and stay.</source>
            <translation>아직 전달되지 않은 증거 {count}건은 남아 있습니다.</translation>
        </message>
        <message>
            <source>goes when the shift ends</source>
            <translation>근무를 마치면 지움</translation>
        </message>
        <message>
            <source>{days} days</source>
            <translation>{days}일</translation>
        </message>
        <message>
            <source>practice</source>
            <translation>연습</translation>
        </message>
        <message>
            <source>handed over</source>
            <translation>전담팀 이관</translation>
        </message>
        <message>
            <source>On hold: {why}</source>
            <translation>보존 중: {why}</translation>
        </message>
        <message>
            <source>On hold</source>
            <translation>보존 중</translation>
        </message>
        <message>
            <source>Stays until its evidence is sealed</source>
            <translation>증거를 봉인할 때까지 남음</translation>
        </message>
        <message>
            <source>Drawn for quality assurance: stays until it is fetched</source>
            <translation>평가 표본으로 보관: 받아 갈 때까지 둡니다</translation>
        </message>
        <message>
            <source>Open now</source>
            <translation>지금 열려 있음</translation>
        </message>
        <message>
            <source>When the shift ends</source>
            <translation>근무를 마칠 때</translation>
        </message>
        <message>
            <source>Not known yet</source>
            <translation>아직 정해지지 않음</translation>
        </message>
        <message>
            <source>First part {first}, all of it {last}</source>
            <translation>일부 {first}, 전부 {last}</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>소리</translation>
        </message>
        <message>
            <source>Conversation</source>
            <translation>대화</translation>
        </message>
        <message>
            <source>Records</source>
            <translation>기록</translation>
        </message>
        <message>
            <source>Unfiled records</source>
            <translation>저장하지 않은 기록</translation>
        </message>
        <message>
            <source>Notes for the DB team</source>
            <translation>DB팀에 보낼 메모</translation>
        </message>
        <message>
            <source>What was learned</source>
            <translation>배운 것</translation>
        </message>
        <message>
            <source>Delivered evidence</source>
            <translation>전달된 증거 내역</translation>
        </message>
        <message>
            <source>Database copies</source>
            <translation>DB 사본</translation>
        </message>
        <message>
            <source>Logs</source>
            <translation>로그</translation>
        </message>
        <message>
            <source>Destroy the call of {began}? Its sound, words and record cannot be had back by anybody.</source>
            <translation>{began} 통화를 지울까요? 소리와 대화, 기록을 아무도 되살릴 수 없습니다.</translation>
        </message>
        <message>
            <source>End the shift? What goes with it is destroyed now and cannot be had back by anybody.</source>
            <translation>근무를 마칠까요? 함께 지워지는 것은 지금 지워지며 아무도 되살릴 수 없습니다.</translation>
        </message>
        <message>
            <source>Tables (*.csv *.xlsx)</source>
            <translation>표 (*.csv *.xlsx)</translation>
        </message>
    </context>
    <context>
        <name>InboxPage</name>
        <message>
            <source>Words in the call, notes or steps</source>
            <translation>대화, 메모, 조치에서 찾기</translation>
        </message>
        <message>
            <source>Search incidents by words</source>
            <translation>낱말로 사건 찾기</translation>
        </message>
        <message>
            <source>Caller's number</source>
            <translation>발신 번호</translation>
        </message>
        <message>
            <source>Search incidents by the caller's number</source>
            <translation>발신 번호로 사건 찾기</translation>
        </message>
        <message>
            <source>All incidents</source>
            <translation>모든 사건</translation>
        </message>
        <message>
            <source>Look for new packs  F5</source>
            <translation>새 자료 확인  F5</translation>
        </message>
        <message>
            <source>Look for new packs</source>
            <translation>새 자료 확인</translation>
        </message>
        <message>
            <source>Incidents</source>
            <translation>사건</translation>
        </message>
        <message>
            <source>Handed over</source>
            <translation>이관</translation>
        </message>
        <message>
            <source>Check</source>
            <translation>확인</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>유형</translation>
        </message>
        <message>
            <source>Situation</source>
            <translation>상황</translation>
        </message>
        <message>
            <source>Step</source>
            <translation>조치</translation>
        </message>
        <message>
            <source>The chosen incident</source>
            <translation>고른 사건</translation>
        </message>
        <message>
            <source>New packs {opened}, not to be opened {broken}</source>
            <translation>새 자료 {opened}건, 열 수 없는 자료 {broken}건</translation>
        </message>
        <message>
            <source>{count} incidents, {open} without a step</source>
            <translation>사건 {count}건, 조치 전 {open}건</translation>
        </message>
        <message>
            <source>No incident matches.</source>
            <translation>맞는 사건이 없습니다.</translation>
        </message>
        <message>
            <source>No incident has come in yet.</source>
            <translation>아직 들어온 사건이 없습니다.</translation>
        </message>
        <message>
            <source>Practice: {name}</source>
            <translation>연습: {name}</translation>
        </message>
        <message>
            <source>{situation} · managed ({kind})</source>
            <translation>{situation} · 관리 대상({kind})</translation>
        </message>
        <message>
            <source>This pack cannot be opened: {reason} The file is kept as it came.</source>
            <translation>열 수 없는 자료입니다. {reason} 파일은 받은 그대로 보관합니다.</translation>
        </message>
        <message>
            <source>The step is recorded.</source>
            <translation>조치를 기록했습니다.</translation>
        </message>
        <message>
            <source>Where to save the parts</source>
            <translation>원자료를 저장할 곳</translation>
        </message>
        <message>
            <source>Write the record</source>
            <translation>기록 저장</translation>
        </message>
        <message>
            <source>PDF (*.pdf)</source>
            <translation>PDF (*.pdf)</translation>
        </message>
        <message>
            <source>Write the steps</source>
            <translation>조치 저장</translation>
        </message>
        <message>
            <source>Tables (*.xlsx *.csv)</source>
            <translation>표 (*.xlsx *.csv)</translation>
        </message>
        <message>
            <source>Written: {file}</source>
            <translation>저장한 파일: {file}</translation>
        </message>
    </context>
    <context>
        <name>IncidentPane</name>
        <message>
            <source>Choose an incident in the list.</source>
            <translation>목록에서 사건을 고르세요.</translation>
        </message>
        <message>
            <source>Parts of the incident</source>
            <translation>사건의 내용</translation>
        </message>
        <message>
            <source>What was said and done</source>
            <translation>말과 조치</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>시각</translation>
        </message>
        <message>
            <source>Who</source>
            <translation>누가</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>내용</translation>
        </message>
        <message>
            <source>Seen in it</source>
            <translation>표시</translation>
        </message>
        <message>
            <source>Facts and packs</source>
            <translation>사실과 증거</translation>
        </message>
        <message>
            <source>What</source>
            <translation>항목</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>값</translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>시간 순서</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>조치</translation>
        </message>
        <message>
            <source>Play at the incident  F4</source>
            <translation>사건부터 듣기  F4</translation>
        </message>
        <message>
            <source>Play at the incident</source>
            <translation>사건부터 듣기</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>멈춤</translation>
        </message>
        <message>
            <source>Stop playing</source>
            <translation>재생 멈춤</translation>
        </message>
        <message>
            <source>Earlier place</source>
            <translation>앞 사건</translation>
        </message>
        <message>
            <source>To the earlier incident in the call</source>
            <translation>이 통화의 앞 사건으로</translation>
        </message>
        <message>
            <source>Next place</source>
            <translation>다음 사건</translation>
        </message>
        <message>
            <source>To the next incident in the call</source>
            <translation>이 통화의 다음 사건으로</translation>
        </message>
        <message>
            <source>Manage this caller …</source>
            <translation>관리 대상 등록 …</translation>
        </message>
        <message>
            <source>Save or print</source>
            <translation>저장·인쇄</translation>
        </message>
        <message>
            <source>Record as PDF …</source>
            <translation>기록 PDF …</translation>
        </message>
        <message>
            <source>Save the parts …</source>
            <translation>원자료 저장 …</translation>
        </message>
        <message>
            <source>Steps as a table …</source>
            <translation>조치 표 …</translation>
        </message>
        <message>
            <source>Practice: {name}</source>
            <translation>연습: {name}</translation>
        </message>
        <message>
            <source>Call {time}</source>
            <translation>통화 {time}</translation>
        </message>
        <message>
            <source>handed over {time}</source>
            <translation>이관 {time}</translation>
        </message>
        <message>
            <source>warnings {count}</source>
            <translation>경고 {count}회</translation>
        </message>
        <message>
            <source>desk {desk}</source>
            <translation>자리 {desk}</translation>
        </message>
        <message>
            <source>the whole call has not arrived yet</source>
            <translation>통화 전체 자료는 아직 오지 않음</translation>
        </message>
        <message>
            <source>gaps in the sound {count}</source>
            <translation>소리가 빠진 곳 {count}</translation>
        </message>
        <message>
            <source>Managed caller ({kind}) until {day}: {handling}</source>
            <translation>관리 대상({kind}), {day}까지: {handling}</translation>
        </message>
        <message>
            <source>Same caller: {count} more</source>
            <translation>같은 민원인: {count}건 더</translation>
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
            <source>failed</source>
            <translation>실패</translation>
        </message>
        <message>
            <source>Incident</source>
            <translation>사건</translation>
        </message>
        <message>
            <source>Call</source>
            <translation>통화</translation>
        </message>
        <message>
            <source>Program</source>
            <translation>프로그램</translation>
        </message>
        <message>
            <source>Pack, end of the call</source>
            <translation>증거 자료(통화 전체)</translation>
        </message>
        <message>
            <source>Pack, at the press</source>
            <translation>증거 자료(이관할 때)</translation>
        </message>
        <message>
            <source>Check</source>
            <translation>확인</translation>
        </message>
        <message>
            <source>Desk</source>
            <translation>자리</translation>
        </message>
        <message>
            <source>File</source>
            <translation>파일</translation>
        </message>
        <message>
            <source>No sound in this pack</source>
            <translation>소리가 없는 자료입니다</translation>
        </message>
        <message>
            <source>Sound {start} to {end}</source>
            <translation>소리 {start} ~ {end}</translation>
        </message>
    </context>
    <context>
        <name>ItemPage</name>
        <message>
            <source>{skill} · weight {weight} · 0 to {most} points</source>
            <translation>{skill} · 비중 {weight} · 0~{most}점</translation>
        </message>
        <message>
            <source>Found by the program for {item}</source>
            <translation>프로그램이 찾은 곳: {item}</translation>
        </message>
        <message>
            <source>Enter: hear it · Space or Alt and its number: attach it</source>
            <translation>Enter: 듣기 · 스페이스 또는 Alt+번호: 붙이기</translation>
        </message>
        <message>
            <source>Found by the program: a hint, never a score (Alt+1 … 9)</source>
            <translation>프로그램이 찾은 곳 · 참고일 뿐 점수가 아닙니다 (Alt+1…9)</translation>
        </message>
        <message>
            <source>Points for {item}</source>
            <translation>점수: {item}</translation>
        </message>
        <message>
            <source>Does not apply</source>
            <translation>해당 없음</translation>
        </message>
        <message>
            <source>{points} points: {anchor}</source>
            <translation>{points}점: {anchor}</translation>
        </message>
    </context>
    <context>
        <name>Job</name>
        <message>
            <source>It was done but could not be shown. See whether it is there before you do it again.</source>
            <translation>그 일은 되었지만 화면에 보여 드리지 못했습니다. 다시 하기 전에 이미 되었는지 확인하세요.</translation>
        </message>
    </context>
    <context>
        <name>KeyCard</name>
        <message>
            <source>PDF (*.pdf)</source>
            <translation>PDF (*.pdf)</translation>
        </message>
        <message>
            <source>Keys of the desk</source>
            <translation>상담도우미 단축키</translation>
        </message>
    </context>
    <context>
        <name>KeyCatch</name>
        <message>
            <source>Press the new key now</source>
            <translation>새 단축키를 누르세요</translation>
        </message>
        <message>
            <source>Enter here, then the new key</source>
            <translation>여기를 고른 뒤 새 단축키</translation>
        </message>
    </context>
    <context>
        <name>KeyPage</name>
        <message>
            <source>The desk cannot be opened</source>
            <translation>데스크를 열 수 없습니다</translation>
        </message>
        <message>
            <source>Nothing was changed or deleted. The saved calls lie on this PC as they were.</source>
            <translation>아무것도 바꾸거나 지우지 않았습니다. 저장된 통화는 이 PC에 그대로 있습니다.</translation>
        </message>
        <message>
            <source>What can be done</source>
            <translation>할 수 있는 일</translation>
        </message>
        <message>
            <source>Folder: {path}</source>
            <translation>폴더: {path}</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>다시 시도</translation>
        </message>
        <message>
            <source>Recover with the organisation's key…</source>
            <translation>기관의 복구 열쇠로 열기…</translation>
        </message>
        <message>
            <source>Work in another folder…</source>
            <translation>다른 폴더에서 일하기…</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>끝내기</translation>
        </message>
        <message>
            <source>Press ‘Recover with the organisation's key’ together with your IT desk.</source>
            <translation>전산 담당자와 함께 ‘기관의 복구 열쇠로 열기’를 누릅니다.</translation>
        </message>
        <message>
            <source>Call your IT desk and read out the sentence above.</source>
            <translation>전산 담당자에게 전화해 위 문장을 읽어 줍니다.</translation>
        </message>
        <message>
            <source>To take calls meanwhile, press ‘Work in another folder’. It begins empty.</source>
            <translation>그동안 전화를 받으려면 ‘다른 폴더에서 일하기’를 누릅니다. 빈 상태로 시작합니다.</translation>
        </message>
        <message>
            <source>The keyring is locked</source>
            <translation>키링이 잠겨 있습니다</translation>
        </message>
        <message>
            <source>The key of the saved calls lies in the keyring of this PC, and the keyring is locked.</source>
            <translation>저장된 통화의 열쇠가 이 PC의 키링에 있는데, 키링이 잠겨 있습니다.</translation>
        </message>
        <message>
            <source>Unlock the keyring with your login password, then press ‘Try again’.</source>
            <translation>로그인 비밀번호로 키링의 잠금을 푼 뒤 ‘다시 시도’를 누릅니다.</translation>
        </message>
        <message>
            <source>The key of the saved calls is missing</source>
            <translation>저장된 통화의 열쇠가 없습니다</translation>
        </message>
        <message>
            <source>There are saved calls here, but the keyring no longer has their key. No new key was made.</source>
            <translation>여기에 저장된 통화가 있는데 키링에 그 열쇠가 없습니다. 새 열쇠는 만들지 않았습니다.</translation>
        </message>
        <message>
            <source>If you logged in as another user, log in as yourself and press ‘Try again’.</source>
            <translation>다른 사용자로 로그인했다면 본인으로 다시 로그인한 뒤 ‘다시 시도’를 누릅니다.</translation>
        </message>
        <message>
            <source>The key does not fit the saved calls</source>
            <translation>열쇠가 저장된 통화와 맞지 않습니다</translation>
        </message>
        <message>
            <source>A key was found, but it is not the one these calls were saved with.</source>
            <translation>열쇠를 찾았지만 이 통화를 저장할 때 쓴 열쇠가 아닙니다.</translation>
        </message>
        <message>
            <source>If the folder was copied from another PC, open it there.</source>
            <translation>다른 PC에서 복사해 온 폴더라면 그 PC에서 엽니다.</translation>
        </message>
        <message>
            <source>The keyring does not answer</source>
            <translation>키링이 응답하지 않습니다</translation>
        </message>
        <message>
            <source>The key of the saved calls lies in the keyring of this PC, and no keyring answers now.</source>
            <translation>저장된 통화의 열쇠가 이 PC의 키링에 있는데, 지금 응답하는 키링이 없습니다.</translation>
        </message>
        <message>
            <source>Log out and in again, then press ‘Try again’.</source>
            <translation>로그아웃했다가 다시 로그인한 뒤 ‘다시 시도’를 누릅니다.</translation>
        </message>
        <message>
            <source>This keyring is not safe</source>
            <translation>이 키링은 안전하지 않습니다</translation>
        </message>
        <message>
            <source>The keyring set up here would keep the key readable by anyone, so it is not used: {name}</source>
            <translation>여기에 설정된 키링은 누구나 읽을 수 있게 열쇠를 두므로 쓰지 않습니다: {name}</translation>
        </message>
        <message>
            <source>Have the system's own keyring set up, then press ‘Try again’.</source>
            <translation>시스템의 키링을 쓰도록 설정을 바꾼 뒤 ‘다시 시도’를 누릅니다.</translation>
        </message>
        <message>
            <source>The key file is damaged</source>
            <translation>열쇠 파일이 망가졌습니다</translation>
        </message>
        <message>
            <source>The file that says where the key is (key.json) and its copy cannot be read.</source>
            <translation>열쇠의 자리를 적은 파일(key.json)과 그 사본을 읽을 수 없습니다.</translation>
        </message>
        <message>
            <source>If there is a backup of key.json, put it back and press ‘Try again’.</source>
            <translation>key.json의 백업이 있으면 되돌려 놓고 ‘다시 시도’를 누릅니다.</translation>
        </message>
        <message>
            <source>A change of the key is not finished</source>
            <translation>열쇠 바꾸기가 끝나지 않았습니다</translation>
        </message>
        <message>
            <source>Press ‘Try again’: the change goes on where it stopped.</source>
            <translation>‘다시 시도’를 누르면 멈춘 곳부터 이어서 바꿉니다.</translation>
        </message>
        <message>
            <source>The key of the saved calls cannot be had</source>
            <translation>저장된 통화의 열쇠를 꺼낼 수 없습니다</translation>
        </message>
        <message>
            <source>An empty folder for a new desk</source>
            <translation>새 데스크로 쓸 빈 폴더</translation>
        </message>
        <message>
            <source>This folder is not empty. Choose or make an empty one.</source>
            <translation>빈 폴더가 아닙니다. 빈 폴더를 고르거나 새로 만들어 주세요.</translation>
        </message>
        <message>
            <source>The organisation's recovery key (recovery.key)</source>
            <translation>기관의 복구 열쇠(recovery.key)</translation>
        </message>
        <message>
            <source>This desk's recovery file from the safe</source>
            <translation>금고에 보관한 이 데스크의 복구용 파일</translation>
        </message>
        <message>
            <source>Opening with the recovery key…</source>
            <translation>복구 열쇠로 여는 중…</translation>
        </message>
        <message>
            <source>That did not work. Call your IT desk.</source>
            <translation>되지 않았습니다. 전산 담당자에게 연락해 주세요.</translation>
        </message>
    </context>
    <context>
        <name>KeyRules</name>
        <message>
            <source>Only one key, with Ctrl, Alt or Shift if you like.</source>
            <translation>키 하나만 쓸 수 있습니다. Ctrl, Alt, Shift는 함께 쓸 수 있습니다.</translation>
        </message>
        <message>
            <source>Text is typed with this key. Add Ctrl or Alt, or take an F key.</source>
            <translation>글자를 적는 키입니다. Ctrl이나 Alt를 함께 누르거나 F 키를 써 주세요.</translation>
        </message>
        <message>
            <source>Fields need this key for writing. Take another one.</source>
            <translation>글을 고칠 때 쓰는 키입니다. 다른 키를 골라 주세요.</translation>
        </message>
        <message>
            <source>{program} keeps {keys} for itself. Take another one.</source>
            <translation>{keys}: 시스템({program})이 먼저 쓰는 키라서 정할 수 없습니다. 다른 키를 고르세요.</translation>
        </message>
        <message>
            <source>{keys} is taken: {action}. Take another key, or free that one first.</source>
            <translation>이미 쓰는 단축키입니다({keys}: {action}). 다른 키를 고르거나 그 단축키를 먼저 없애 주세요.</translation>
        </message>
        <message>
            <source>Korean input takes it too: {program}.</source>
            <translation>한글 입력에서도 쓰는 키입니다: {program}.</translation>
        </message>
        <message>
            <source>A screen reader takes it too: {program}.</source>
            <translation>화면 낭독 프로그램에서도 쓰는 키입니다: {program}.</translation>
        </message>
        <message>
            <source>The system takes it too: {program}.</source>
            <translation>시스템에서도 쓰는 키입니다: {program}.</translation>
        </message>
        <message>
            <source>A telephony program takes it too: {program}.</source>
            <translation>전화 프로그램에서도 쓰는 키입니다: {program}.</translation>
        </message>
    </context>
    <context>
        <name>KeySheet</name>
        <message>
            <source>All keys</source>
            <translation>모든 단축키</translation>
        </message>
        <message>
            <source>Change keys …</source>
            <translation>단축키 바꾸기 …</translation>
        </message>
        <message>
            <source>Print the card …</source>
            <translation>단축키 카드 인쇄 …</translation>
        </message>
        <message>
            <source>As a PDF …</source>
            <translation>PDF로 …</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
    </context>
    <context>
        <name>KeyTable</name>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
    </context>
    <context>
        <name>KnowledgePage</name>
        <message>
            <source>Bring in a file …</source>
            <translation>파일 가져오기…</translation>
        </message>
        <message>
            <source>Look at the address now</source>
            <translation>지금 주소 확인</translation>
        </message>
        <message>
            <source>Now: the example that comes with the program, {count} entries.</source>
            <translation>지금은 프로그램의 예시 자료 {count}건을 씁니다.</translation>
        </message>
        <message>
            <source>Now: an imported file, {count} entries.</source>
            <translation>지금은 가져온 파일의 {count}건을 씁니다.</translation>
        </message>
        <message>
            <source>Now: a release of the standard counselling DB, {count} entries.</source>
            <translation>지금은 표준 상담 DB {count}건을 씁니다.</translation>
        </message>
        <message>
            <source>The DB is being opened …</source>
            <translation>상담 DB를 여는 중입니다 …</translation>
        </message>
        <message>
            <source>Bring in a file</source>
            <translation>파일 가져오기</translation>
        </message>
        <message>
            <source>Entries (*.jsonl *.json *.csv *.tsv *.xlsx);;All files (*)</source>
            <translation>상담 자료 (*.jsonl *.json *.csv *.tsv *.xlsx);;모든 파일 (*)</translation>
        </message>
        <message>
            <source>Bringing it in …</source>
            <translation>가져오는 중입니다 …</translation>
        </message>
        <message>
            <source>Bringing it in … {percent} %</source>
            <translation>가져오는 중입니다 … {percent} %</translation>
        </message>
        <message>
            <source>The file could not be brought in.</source>
            <translation>파일을 가져오지 못했습니다. 모양을 확인해 주세요.</translation>
        </message>
        <message>
            <source>The address is being looked at. News come on the notice line.</source>
            <translation>주소를 확인하고 있습니다. 결과는 알림 줄에 나옵니다.</translation>
        </message>
    </context>
    <context>
        <name>LadderBox</name>
        <message>
            <source>I have said it</source>
            <translation>말했습니다</translation>
        </message>
        <message>
            <source>F10</source>
            <translation>F10</translation>
        </message>
        <message>
            <source>Warnings given {given} of {allowed}</source>
            <translation>경고 {allowed}회 중 {given}회</translation>
        </message>
        <message>
            <source>The recommended time is nearly over</source>
            <translation>권장 상담 시간이 거의 끝남</translation>
        </message>
        <message>
            <source>The recommended time is over</source>
            <translation>권장 상담 시간이 지남</translation>
        </message>
        <message>
            <source>{label} · ask to stop</source>
            <translation>{label} · 자제 요청</translation>
        </message>
        <message>
            <source>{label} · warn</source>
            <translation>{label} · 경고</translation>
        </message>
        <message>
            <source>{label} · may end at once, tell the reason</source>
            <translation>{label} · 바로 종료 가능, 사유 고지</translation>
        </message>
        <message>
            <source>{label} · tell the reason for ending</source>
            <translation>{label} · 종료 사유 고지</translation>
        </message>
        <message>
            <source>{label} · the reason is told</source>
            <translation>{label} · 사유 고지함</translation>
        </message>
        <message>
            <source>The reason is told</source>
            <translation>사유를 고지했습니다</translation>
        </message>
        <message>
            <source>Say now</source>
            <translation>지금 할 말</translation>
        </message>
        <message>
            <source>The reason was told at {time}. You may end the call or hand it over.</source>
            <translation>{time}에 사유를 고지했습니다. 통화를 끝내거나 이관할 수 있습니다.</translation>
        </message>
        <message>
            <source>The last warning was given. Tell the reason, then you may end the call or hand it over.</source>
            <translation>마지막 경고를 했습니다. 사유를 고지한 뒤 통화를 끝내거나 이관할 수 있습니다.</translation>
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
            <translation>협박</translation>
        </message>
        <message>
            <source>Hateful words</source>
            <translation>혐오 표현</translation>
        </message>
        <message>
            <source>Unreasonable demand</source>
            <translation>무리한 요구</translation>
        </message>
        <message>
            <source>A long call</source>
            <translation>긴 통화</translation>
        </message>
        <message>
            <source>The same demand again and again</source>
            <translation>같은 요구 반복</translation>
        </message>
        <message>
            <source>The answer is refused again and again</source>
            <translation>안내를 거듭 거부</translation>
        </message>
        <message>
            <source>The same caller rang often of late</source>
            <translation>최근 자주 전화한 민원인</translation>
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
        <name>LettersWindow</name>
        <message>
            <source>Letters about my calls</source>
            <translation>내 통화 평가</translation>
        </message>
        <message>
            <source>Every point was given by a person. Only you and the trainers see this; nobody is ranked.</source>
            <translation>점수는 모두 사람이 매겼습니다. 본인과 평가 담당만 보며, 순위는 매기지 않습니다.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>Letters</source>
            <translation>평가</translation>
        </message>
        <message>
            <source>No letter has come yet.</source>
            <translation>아직 도착한 평가가 없습니다.</translation>
        </message>
        <message>
            <source>My calls that were drawn</source>
            <translation>표본으로 뽑힌 내 통화</translation>
        </message>
        <message>
            <source>None of your calls was drawn.</source>
            <translation>표본으로 뽑힌 통화가 없습니다.</translation>
        </message>
        <message>
            <source>Show the call</source>
            <translation>통화 보기</translation>
        </message>
        <message>
            <source>The rating</source>
            <translation>평가 내용</translation>
        </message>
        <message>
            <source>What the objection is about</source>
            <translation>이의 대상</translation>
        </message>
        <message>
            <source>My objection</source>
            <translation>내 이의</translation>
        </message>
        <message>
            <source>Say what you see otherwise; a trainer answers it</source>
            <translation>다르게 보는 점을 적어 주세요. 평가 담당이 답합니다.</translation>
        </message>
        <message>
            <source>Object …</source>
            <translation>이의 제기 …</translation>
        </message>
        <message>
            <source>Send the objection</source>
            <translation>이의 보내기</translation>
        </message>
        <message>
            <source>Acknowledge</source>
            <translation>확인</translation>
        </message>
        <message>
            <source>A call that is gone</source>
            <translation>지워진 통화</translation>
        </message>
        <message>
            <source>Enter: show the call</source>
            <translation>Enter: 통화 보기</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>from {rater}</source>
            <translation>평가자 {rater}</translation>
        </message>
        <message>
            <source>new</source>
            <translation>새로</translation>
        </message>
        <message>
            <source>objection sent</source>
            <translation>이의 보냄</translation>
        </message>
        <message>
            <source>acknowledged</source>
            <translation>확인함</translation>
        </message>
        <message>
            <source>Call of {day}</source>
            <translation>{day} 통화</translation>
        </message>
        <message>
            <source>plan: {title}</source>
            <translation>계획: {title}</translation>
        </message>
        <message>
            <source>drawn for quality assurance</source>
            <translation>품질 평가 표본으로 뽑힘</translation>
        </message>
        <message>
            <source>sealed for the trainers</source>
            <translation>평가 담당에게 봉인함</translation>
        </message>
        <message>
            <source>fetched by the trainers</source>
            <translation>평가 담당이 가져감</translation>
        </message>
        <message>
            <source>no longer kept for it</source>
            <translation>보관이 끝남</translation>
        </message>
        <message>
            <source>kept until {day}</source>
            <translation>{day}까지 보관</translation>
        </message>
        <message>
            <source>{rubric} · rated by {rater}, {day}</source>
            <translation>{rubric} · 평가자 {rater} · {day}</translation>
        </message>
        <message>
            <source>until {day}</source>
            <translation>(기한 {day})</translation>
        </message>
        <message>
            <source>To practise:</source>
            <translation>연습할 내용</translation>
        </message>
        <message>
            <source>About the whole rating</source>
            <translation>평가 전체에 대하여</translation>
        </message>
        <message>
            <source>About: {item}</source>
            <translation>항목: {item}</translation>
        </message>
        <message>
            <source>{at} You acknowledged.</source>
            <translation>{at} 확인했습니다.</translation>
        </message>
        <message>
            <source>the whole</source>
            <translation>전체</translation>
        </message>
        <message>
            <source>{at} You objected ({about}): {text}</source>
            <translation>{at} 내 이의({about}): {text}</translation>
        </message>
        <message>
            <source>{at} Your objection was accepted: {text}</source>
            <translation>{at} 이의가 받아들여졌습니다: {text}</translation>
        </message>
        <message>
            <source>{at} The rating stays: {text}</source>
            <translation>{at} 평가를 유지합니다: {text}</translation>
        </message>
        <message>
            <source>This call is no longer on this PC, so it cannot be heard.</source>
            <translation>이 PC에 더는 없는 통화라서 들을 수 없습니다.</translation>
        </message>
        <message>
            <source>Write what you see otherwise first.</source>
            <translation>다르게 보는 점을 먼저 적어 주세요.</translation>
        </message>
        <message>
            <source>Your objection goes to the trainers.</source>
            <translation>이의를 평가 담당에게 보냅니다.</translation>
        </message>
        <message>
            <source>Acknowledged.</source>
            <translation>확인했습니다.</translation>
        </message>
    </context>
    <context>
        <name>LineChart</name>
        <message>
            <source>no value</source>
            <translation>값 없음</translation>
        </message>
    </context>
    <context>
        <name>LineRow</name>
        <message>
            <source>{line}: show what it came from, {time}</source>
            <translation>{line} 근거 발화 보기: {time}</translation>
        </message>
        <message>
            <source>{line}: show everything it came from</source>
            <translation>{line} 근거 발화 모두 보기</translation>
        </message>
        <message>
            <source>{line}: remove</source>
            <translation>{line} 줄 지우기</translation>
        </message>
    </context>
    <context>
        <name>LineWords</name>
        <message>
            <source>The note on the entry is kept for the DB team.</source>
            <translation>DB팀에 전할 답변 수정 요청을 남겼습니다.</translation>
        </message>
        <message>
            <source>The record is filed. F2 starts the next call.</source>
            <translation>상담 기록을 저장했습니다. F2를 누르면 다음 통화를 시작합니다.</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>복사함</translation>
        </message>
        <message>
            <source>Listening is paused. F2 listens again.</source>
            <translation>듣기를 멈췄습니다. F2를 누르면 다시 듣습니다.</translation>
        </message>
        <message>
            <source>On hold: nothing is recorded. F2 takes it up again.</source>
            <translation>보류 중입니다. 녹음하지 않습니다. F2를 누르면 이어 갑니다.</translation>
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
    </context>
    <context>
        <name>LockMark</name>
        <message>
            <source>Locked</source>
            <translation>잠김</translation>
        </message>
    </context>
    <context>
        <name>LockPage</name>
        <message>
            <source>The desk is locked</source>
            <translation>데스크가 잠겼습니다</translation>
        </message>
        <message>
            <source>What goes on</source>
            <translation>진행 중인 일</translation>
        </message>
        <message>
            <source>PIN</source>
            <translation>PIN</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>잠금 풀기</translation>
        </message>
    </context>
    <context>
        <name>Looping</name>
        <message>
            <source>Loop {start} to {end}</source>
            <translation>구간 반복 {start} ~ {end}</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Counsellor's desk</source>
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
            <source>This installation has no guide. Your IT desk can tell where it lies.</source>
            <translation>이 PC에는 사용 안내가 설치되어 있지 않습니다. 전산 담당자에게 문의해 주세요.</translation>
        </message>
        <message>
            <source>File or close the wrap-up before the next call.</source>
            <translation>상담 기록을 저장하거나 닫은 뒤 다음 통화를 시작하세요.</translation>
        </message>
    </context>
    <context>
        <name>ModelPage</name>
        <message>
            <source>Installed: {names}</source>
            <translation>설치된 모델: {names}</translation>
        </message>
        <message>
            <source>No speech model is installed. Run “doumi models fetch”, or ask your IT desk.</source>
            <translation>설치된 음성 인식 모델이 없습니다. “doumi models fetch”를 실행하거나 전산 담당자에게 문의하세요.</translation>
        </message>
        <message>
            <source>Measure on this PC (about a minute)</source>
            <translation>이 PC에서 재기 (1분쯤)</translation>
        </message>
        <message>
            <source>Use the recommended model</source>
            <translation>추천 모델 쓰기</translation>
        </message>
        <message>
            <source>Measuring …</source>
            <translation>재는 중입니다 …</translation>
        </message>
        <message>
            <source>Measuring {name} …</source>
            <translation>{name} 재는 중입니다 …</translation>
        </message>
        <message>
            <source>Recommended: {name}, the most exact one that keeps up with a busy call here.</source>
            <translation>추천: {name}. 바쁜 통화도 따라가는 모델 가운데 가장 정확합니다.</translation>
        </message>
        <message>
            <source>This PC is slow for them: {name} is the fastest.</source>
            <translation>이 PC에는 모두 느립니다. 가장 빠른 모델은 {name}입니다.</translation>
        </message>
        <message>
            <source>{name} may be fast enough too; it is not installed.</source>
            <translation>{name}도 쓸 만한 속도일 수 있으나 설치되어 있지 않습니다.</translation>
        </message>
        <message>
            <source>Other programs kept this PC busy: it may be faster than this.</source>
            <translation>다른 프로그램이 바빠 실제보다 느리게 나왔을 수 있습니다.</translation>
        </message>
        <message>
            <source>It is the one in use.</source>
            <translation>지금 쓰는 모델입니다.</translation>
        </message>
        <message>
            <source>{name}: this PC recognises 1 second of speech in {seconds} seconds; text stands {delay} seconds after the last word.</source>
            <translation>{name}: 이 PC에서 1초 말을 {seconds}초에 알아듣습니다. 말이 끝나고 {delay}초 안에 글이 나옵니다.</translation>
        </message>
        <message>
            <source>Measuring did not work.</source>
            <translation>재지 못했습니다. 다시 눌러 주세요.</translation>
        </message>
        <message>
            <source>{name} is used from the next start.</source>
            <translation>다음 시작부터 쓸 모델: {name}</translation>
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
            <source>F1 All keys   Ctrl+K Find anything   Ctrl+H Saved calls</source>
            <translation>F1 모든 단축키   Ctrl+K 무엇이든 찾기   Ctrl+H 지난 상담</translation>
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
        <name>NumberField</name>
        <message>
            <source>Caller's number</source>
            <translation>민원인 전화번호</translation>
        </message>
        <message>
            <source>Type or paste the caller's number, then Enter (Alt+N). It is not shown again.</source>
            <translation>민원인 전화번호를 입력하거나 붙여 넣고 Enter를 누르세요(Alt+N). 넣은 번호는 가려집니다.</translation>
        </message>
        <message>
            <source>Take the number back</source>
            <translation>번호 지우기</translation>
        </message>
        <message>
            <source>Caller's number (optional)</source>
            <translation>민원인 번호(선택)</translation>
        </message>
        <message>
            <source>Number: {masked}</source>
            <translation>번호: {masked}</translation>
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
            <source>Heard clearly</source>
            <translation>잘 들림</translation>
        </message>
        <message>
            <source>Hear again: {number}</source>
            <translation>다시 듣기: {number}</translation>
        </message>
        <message>
            <source>Copy: {number}</source>
            <translation>복사: {number}</translation>
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
        <name>Orders</name>
        <message>
            <source>The telephone told a call's end before its beginning: none was started. If it goes on, press F2.</source>
            <translation>통화가 끝났다는 알림이 시작 알림보다 먼저 왔습니다. 통화 중이면 F2를 누르세요.</translation>
        </message>
        <message>
            <source>A call waits. It begins once this one's record is filed or closed.</source>
            <translation>새 통화가 기다립니다. 기록을 저장하거나 닫으면 시작합니다.</translation>
        </message>
        <message>
            <source>Waiting: {who}</source>
            <translation>대기: {who}</translation>
        </message>
        <message>
            <source>A call that waited too long was not recorded. If it still goes on, press F2.</source>
            <translation>오래 기다린 통화를 녹음하지 못했습니다. 아직 통화 중이면 F2를 누르세요.</translation>
        </message>
        <message>
            <source>The call that waited is being recorded; its first {seconds} seconds were not heard.</source>
            <translation>기다리던 통화를 녹음합니다. 처음 {seconds}초는 듣지 못했습니다.</translation>
        </message>
        <message>
            <source>The call that waited has ended. Nothing of it was recorded.</source>
            <translation>기다리던 통화가 끝났습니다. 녹음된 것이 없습니다.</translation>
        </message>
        <message>
            <source>The telephone told the end of one of two calls. If it is this one, press F9.</source>
            <translation>두 통화 가운데 하나가 끝났습니다. 이 통화라면 F9를 누르세요.</translation>
        </message>
    </context>
    <context>
        <name>OutboxWindow</name>
        <message>
            <source>Outbox</source>
            <translation>보낼함</translation>
        </message>
        <message>
            <source>What</source>
            <translation>무엇</translation>
        </message>
        <message>
            <source>Since</source>
            <translation>언제부터</translation>
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
            <source>Next try</source>
            <translation>다음 시도</translation>
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
            <source>Open the practice team's inbox</source>
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
            <source>Refused</source>
            <translation>거절됨</translation>
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
            <source>Unsent {count}. They stay here encrypted and are tried again.</source>
            <translation>미전송 {count}건. 암호화한 채 이 PC에 두고 다시 보냅니다.</translation>
        </message>
        <message>
            <source>There is no team key: ask the team to run “doumi team init” and set its key in the settings.</source>
            <translation>팀 열쇠가 없습니다. 전담팀에 “doumi team init” 실행을 요청하고 설정에서 열쇠를 지정하세요.</translation>
        </message>
        <message>
            <source>Record (version {version})</source>
            <translation>기록 ({version}차)</translation>
        </message>
        <message>
            <source>Practice evidence</source>
            <translation>연습 증거</translation>
        </message>
        <message>
            <source>Evidence</source>
            <translation>증거</translation>
        </message>
        <message>
            <source>{sent} of {size} MB there</source>
            <translation>{sent} / {size} MB 전달됨</translation>
        </message>
        <message>
            <source>now</source>
            <translation>지금</translation>
        </message>
        <message>
            <source>in {count} s</source>
            <translation>{count}초 뒤</translation>
        </message>
        <message>
            <source>in {count} min</source>
            <translation>{count}분 뒤</translation>
        </message>
    </context>
    <context>
        <name>Outline</name>
        <message>
            <source>What the tour speaks of</source>
            <translation>둘러보기가 가리키는 곳</translation>
        </message>
    </context>
    <context>
        <name>Palette</name>
        <message>
            <source>Find anything</source>
            <translation>무엇이든 찾기</translation>
        </message>
        <message>
            <source>Action, entry, setting, practice or saved call</source>
            <translation>기능, 상담 DB, 설정, 연습 통화, 지난 통화</translation>
        </message>
        <message>
            <source>Found</source>
            <translation>찾은 것</translation>
        </message>
        <message>
            <source>Only between calls</source>
            <translation>통화가 없을 때만</translation>
        </message>
        <message>
            <source>Nothing found. Try other words, or fewer of them.</source>
            <translation>찾은 것이 없습니다. 다른 낱말로, 또는 더 짧게 찾아 주세요.</translation>
        </message>
        <message>
            <source>↑↓ choose · Enter opens or does it · Esc closes</source>
            <translation>↑↓ 고르기 · Enter 열기/실행 · Esc 닫기</translation>
        </message>
        <message>
            <source>Not now: {reason}</source>
            <translation>지금은 할 수 없습니다: {reason}</translation>
        </message>
        <message>
            <source>Command</source>
            <translation>기능</translation>
        </message>
        <message>
            <source>Counselling DB</source>
            <translation>상담 DB</translation>
        </message>
        <message>
            <source>Setting</source>
            <translation>설정</translation>
        </message>
        <message>
            <source>Saved call</source>
            <translation>지난 통화</translation>
        </message>
        <message>
            <source>Practice call</source>
            <translation>연습 통화</translation>
        </message>
        <message>
            <source>ended</source>
            <translation>끝남</translation>
        </message>
    </context>
    <context>
        <name>PeoplePage</name>
        <message>
            <source>Counsellor, by code</source>
            <translation>상담사 코드</translation>
        </message>
        <message>
            <source>No counsellor is known yet.</source>
            <translation>아직 상담사가 없습니다.</translation>
        </message>
        <message>
            <source>Counsellor</source>
            <translation>상담사</translation>
        </message>
    </context>
    <context>
        <name>PinDialog</name>
        <message>
            <source>PIN</source>
            <translation>PIN</translation>
        </message>
        <message>
            <source>4 to 12 digits, or 6 letters and more. Nobody can look it up: keep it in mind.</source>
            <translation>숫자 4~12자리나 6자 이상의 글자로 정합니다. 아무도 찾아볼 수 없으니 기억해 주세요.</translation>
        </message>
        <message>
            <source>PIN until now</source>
            <translation>지금까지의 PIN</translation>
        </message>
        <message>
            <source>New PIN</source>
            <translation>새 PIN</translation>
        </message>
        <message>
            <source>New PIN again</source>
            <translation>새 PIN 다시</translation>
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
            <source>The two new PINs differ.</source>
            <translation>두 번 적은 새 PIN이 서로 다릅니다.</translation>
        </message>
        <message>
            <source>That did not work.</source>
            <translation>바꾸지 못했습니다. 다시 해 주세요.</translation>
        </message>
    </context>
    <context>
        <name>Press</name>
        <message>
            <source>No call is open: there is nothing to hand over.</source>
            <translation>열린 통화가 없어 이관할 것이 없습니다.</translation>
        </message>
        <message>
            <source>Already done: {outcome}</source>
            <translation>이미 처리함: {outcome}</translation>
        </message>
        <message>
            <source>Pressed after the call {time} · keeping the evidence …</source>
            <translation>통화 뒤 {time} 누름 · 증거를 보존하는 중 …</translation>
        </message>
        <message>
            <source>Pressed {time} · keeping the evidence …</source>
            <translation>{time} 누름 · 증거를 보존하는 중 …</translation>
        </message>
        <message>
            <source>Not confirmed yet. Read the notices, then hold the button again.</source>
            <translation>아직 확인되지 않았습니다. 알림을 읽고 단추를 다시 길게 누르세요.</translation>
        </message>
    </context>
    <context>
        <name>PrivacyPage</name>
        <message>
            <source>Recording and how long it is kept</source>
            <translation>녹음과 보관 기간</translation>
        </message>
        <message>
            <source>{kind}: {days} days</source>
            <translation>{kind}: {days}일</translation>
        </message>
        <message>
            <source>Nothing of a call outlives the shift, but evidence and what is handed over.</source>
            <translation>증거와 이관한 것 말고는 근무가 끝날 때 모두 지웁니다.</translation>
        </message>
        <message>
            <source>Decided by: {basis}</source>
            <translation>정한 근거: {basis}</translation>
        </message>
        <message>
            <source>Encrypted; the key lies in the system's keyring.</source>
            <translation>암호화하고, 열쇠는 시스템 열쇠 보관함에 둡니다.</translation>
        </message>
        <message>
            <source>Encrypted; the key lies in a file of this PC.</source>
            <translation>암호화하고, 열쇠는 이 PC의 파일에 둡니다.</translation>
        </message>
        <message>
            <source>Nothing leaves this PC.</source>
            <translation>이 PC 밖으로 나가는 것이 없습니다.</translation>
        </message>
        <message>
            <source>Nothing is sent by itself to anybody else. Nobody is scored or ranked.</source>
            <translation>다른 곳으로 저절로 보내지 않으며, 상담사를 점수로 매기지 않습니다.</translation>
        </message>
        <message>
            <source>What is kept, and how long</source>
            <translation>무엇을 얼마나 두는지</translation>
        </message>
        <message>
            <source>Where</source>
            <translation>어디에</translation>
        </message>
        <message>
            <source>What leaves this PC</source>
            <translation>밖으로 나가는 것</translation>
        </message>
    </context>
    <context>
        <name>ProfileDesk</name>
        <message>
            <source>Profile</source>
            <translation>프로필</translation>
        </message>
        <message>
            <source>Switch counsellor  Ctrl+Shift+P</source>
            <translation>상담사 바꾸기  Ctrl+Shift+P</translation>
        </message>
        <message>
            <source>Lock now  Ctrl+Shift+L</source>
            <translation>지금 잠그기  Ctrl+Shift+L</translation>
        </message>
        <message>
            <source>Set a PIN …</source>
            <translation>PIN 정하기 …</translation>
        </message>
        <message>
            <source>Counsellor of this PC</source>
            <translation>이 PC의 상담사</translation>
        </message>
        <message>
            <source>● A call is open. Recording and recognition go on. F12, held, hands it over.</source>
            <translation>● 통화 중입니다. 녹음과 인식은 계속됩니다. F12를 길게 누르면 이관합니다.</translation>
        </message>
        <message>
            <source>● A call is open and handed over. Recording and recognition go on.</source>
            <translation>● 통화 중이며 이관했습니다. 녹음과 인식은 계속됩니다.</translation>
        </message>
        <message>
            <source>○ The call has ended. Its record is kept as it stands.</source>
            <translation>○ 통화가 끝났습니다. 기록은 쓰던 그대로 있습니다.</translation>
        </message>
        <message>
            <source>○ No call</source>
            <translation>○ 통화 없음</translation>
        </message>
        <message>
            <source>Switch after the call: it belongs to this counsellor.</source>
            <translation>통화를 마친 뒤에 상담사를 바꿔 주세요. 이 통화는 지금 상담사의 것입니다.</translation>
        </message>
        <message>
            <source>File or close the wrap-up before switching.</source>
            <translation>상담사를 바꾸기 전에 기록을 저장하거나 닫아 주세요.</translation>
        </message>
        <message>
            <source>Set a PIN first: without one nothing is locked.</source>
            <translation>먼저 PIN을 정해 주세요. PIN이 없으면 잠그지 않습니다.</translation>
        </message>
        <message>
            <source>The PIN is changed.</source>
            <translation>PIN을 바꿨습니다.</translation>
        </message>
    </context>
    <context>
        <name>ProfilePage</name>
        <message>
            <source>Who is there?</source>
            <translation>누가 근무하나요?</translation>
        </message>
        <message>
            <source>Each counsellor has records of their own. Only you open yours.</source>
            <translation>상담사마다 기록이 따로 있습니다. 내 기록은 나만 엽니다.</translation>
        </message>
        <message>
            <source>Counsellors of this PC</source>
            <translation>이 PC의 상담사</translation>
        </message>
        <message>
            <source>PIN</source>
            <translation>PIN</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>열기</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>결과</translation>
        </message>
        <message>
            <source>Counsellor of this PC</source>
            <translation>이 PC의 상담사</translation>
        </message>
        <message>
            <source>Counsellor</source>
            <translation>상담사</translation>
        </message>
        <message>
            <source>Trainer</source>
            <translation>평가 담당</translation>
        </message>
        <message>
            <source>Dedicated team</source>
            <translation>전담팀</translation>
        </message>
        <message>
            <source>with a PIN</source>
            <translation>PIN 있음</translation>
        </message>
        <message>
            <source>without a PIN</source>
            <translation>PIN 없음</translation>
        </message>
        <message>
            <source>No PIN is set</source>
            <translation>PIN이 없습니다</translation>
        </message>
    </context>
    <context>
        <name>QFileDialog</name>
        <message>
            <source>&amp;Look in:</source>
            <translation>찾는 위치(&amp;L):</translation>
        </message>
        <message>
            <source>Files of &amp;type:</source>
            <translation>파일 형식(&amp;T):</translation>
        </message>
    </context>
    <context>
        <name>QaKeys</name>
        <message>
            <source>Replay and rate the chosen call</source>
            <translation>고른 통화를 다시 보고 평가</translation>
        </message>
        <message>
            <source>Search the calls</source>
            <translation>통화 찾기</translation>
        </message>
        <message>
            <source>Look for new calls and answers</source>
            <translation>새 통화와 답 확인</translation>
        </message>
        <message>
            <source>Open a call package that was sent</source>
            <translation>받은 통화 꾸러미 열기</translation>
        </message>
        <message>
            <source>Pages of this window</source>
            <translation>이 창의 쪽</translation>
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
            <source>These keys</source>
            <translation>이 키 목록</translation>
        </message>
        <message>
            <source>Close the window</source>
            <translation>창 닫기</translation>
        </message>
        <message>
            <source>Scorecard: points for the chosen item</source>
            <translation>평가표: 고른 항목에 점수</translation>
        </message>
        <message>
            <source>Scorecard: does not apply</source>
            <translation>평가표: 해당 없음</translation>
        </message>
        <message>
            <source>Scorecard: a critical fault was made, or was not</source>
            <translation>평가표: 치명 오류 표시, 해제</translation>
        </message>
        <message>
            <source>Scorecard: attach what is chosen as evidence</source>
            <translation>평가표: 고른 곳을 근거로 붙이기</translation>
        </message>
        <message>
            <source>Scorecard: write a note</source>
            <translation>평가표: 메모 쓰기</translation>
        </message>
        <message>
            <source>Scorecard: to the next open item</source>
            <translation>평가표: 다음 미평가 항목으로</translation>
        </message>
        <message>
            <source>Scorecard: submit, pressed twice</source>
            <translation>평가표: 두 번 눌러 제출</translation>
        </message>
        <message>
            <source>A call that is open has keys of its own: F1 there.</source>
            <translation>열린 통화 창에는 그 창의 키가 따로 있습니다. 그 창에서 F1을 누르세요.</translation>
        </message>
        <message>
            <source>Keys of quality assurance</source>
            <translation>품질 평가의 키</translation>
        </message>
    </context>
    <context>
        <name>QaWindow</name>
        <message>
            <source>Quality assurance</source>
            <translation>상담 평가</translation>
        </message>
        <message>
            <source>Pages of quality assurance</source>
            <translation>평가 담당 화면</translation>
        </message>
        <message>
            <source>Calls</source>
            <translation>통화</translation>
        </message>
        <message>
            <source>Samples</source>
            <translation>표본</translation>
        </message>
        <message>
            <source>Calibration</source>
            <translation>평가 맞춤</translation>
        </message>
        <message>
            <source>Reports</source>
            <translation>보고서</translation>
        </message>
        <message>
            <source>Coaching</source>
            <translation>지도</translation>
        </message>
        <message>
            <source>Case book</source>
            <translation>사례집</translation>
        </message>
        <message>
            <source>Take in the trainers' key …</source>
            <translation>평가 담당 열쇠 넣기 …</translation>
        </message>
        <message>
            <source>No QA exchange is set.</source>
            <translation>평가 교환 장소가 정해지지 않았습니다.</translation>
        </message>
        <message>
            <source>{headers} calls known</source>
            <translation>목록에 온 통화 {headers}건</translation>
        </message>
        <message>
            <source>Rater: {rater}</source>
            <translation>평가자: {rater}</translation>
        </message>
        <message>
            <source>   F1 All keys</source>
            <translation>   F1 모든 키</translation>
        </message>
        <message>
            <source>Call packages (*.doumi)</source>
            <translation>통화 꾸러미 (*.doumi)</translation>
        </message>
        <message>
            <source>Open a call package</source>
            <translation>통화 꾸러미 열기</translation>
        </message>
        <message>
            <source>Settings (Ctrl+,)</source>
            <translation>설정 (Ctrl+,)</translation>
        </message>
        <message>
            <source>Calls cannot be opened yet: this PC has no trainers' key (trainer.key).</source>
            <translation>아직 통화를 열 수 없습니다. 이 PC에 평가 담당 열쇠(trainer.key)가 없습니다.</translation>
        </message>
        <message>
            <source>Enter Replay and rate   Ctrl+F Search   F5 New calls   Ctrl+1…{pages} Pages</source>
            <translation>Enter 다시 보고 평가   Ctrl+F 찾기   F5 새 통화   Ctrl+1…{pages} 화면</translation>
        </message>
        <message>
            <source>F5 New calls   Ctrl+F Search the calls   Ctrl+1…{pages} Pages</source>
            <translation>F5 새 통화   Ctrl+F 통화 찾기   Ctrl+1…{pages} 화면</translation>
        </message>
        <message>
            <source>   Ctrl+, Settings</source>
            <translation>   Ctrl+, 설정</translation>
        </message>
        <message>
            <source>The trainers' key</source>
            <translation>평가 담당 열쇠</translation>
        </message>
        <message>
            <source>Trainers' key (trainer.key *.key)</source>
            <translation>평가 담당 열쇠 (trainer.key *.key)</translation>
        </message>
    </context>
    <context>
        <name>Quality</name>
        <message>
            <source>Handed over</source>
            <translation>이관</translation>
        </message>
        <message>
            <source>Crisis</source>
            <translation>위기</translation>
        </message>
        <message>
            <source>Abuse</source>
            <translation>폭언</translation>
        </message>
        <message>
            <source>Hard caller</source>
            <translation>강성</translation>
        </message>
        <message>
            <source>Another language</source>
            <translation>외국어</translation>
        </message>
        <message>
            <source>Interrupted</source>
            <translation>중단됨</translation>
        </message>
        <message>
            <source>Not in the DB</source>
            <translation>DB에 없음</translation>
        </message>
        <message>
            <source>On hold</source>
            <translation>보류</translation>
        </message>
        <message>
            <source>Hour</source>
            <translation>시간대</translation>
        </message>
        <message>
            <source>Field</source>
            <translation>분야</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>길이</translation>
        </message>
        <message>
            <source>Case book</source>
            <translation>사례집</translation>
        </message>
    </context>
    <context>
        <name>QuizPane</name>
        <message>
            <source>Quiz on changed answers</source>
            <translation>바뀐 답변 퀴즈</translation>
        </message>
        <message>
            <source>Nobody keeps what you choose here.</source>
            <translation>여기서 고른 답은 어디에도 남지 않습니다.</translation>
        </message>
        <message>
            <source>Question</source>
            <translation>문제</translation>
        </message>
        <message>
            <source>Begin</source>
            <translation>시작</translation>
        </message>
        <message>
            <source>The questions are being read …</source>
            <translation>문제를 불러오는 중입니다 …</translation>
        </message>
        <message>
            <source>Nothing has changed that could be asked about.</source>
            <translation>물어볼 만큼 바뀐 내용이 없습니다.</translation>
        </message>
        <message>
            <source>Question {number} of {count}</source>
            <translation>문제 {number}/{count}</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>다음</translation>
        </message>
        <message>
            <source>That was the last question</source>
            <translation>마지막 문제였습니다</translation>
        </message>
        <message>
            <source>Once more</source>
            <translation>한 번 더</translation>
        </message>
        <message>
            <source>Which figure stands in the gap?</source>
            <translation>빈칸에 들어갈 숫자는 무엇입니까?</translation>
        </message>
        <message>
            <source>Which department is in charge?</source>
            <translation>담당 부서는 어디입니까?</translation>
        </message>
        <message>
            <source>Which number is to be given?</source>
            <translation>안내할 전화번호는 무엇입니까?</translation>
        </message>
        <message>
            <source>Which of these does the entry say now?</source>
            <translation>지금 답변에 있는 내용은 무엇입니까?</translation>
        </message>
        <message>
            <source>That is so.</source>
            <translation>맞습니다.</translation>
        </message>
        <message>
            <source>The entry says: {text}</source>
            <translation>답변에는 이렇게 되어 있습니다: {text}</translation>
        </message>
        <message>
            <source>your choice</source>
            <translation>고른 답</translation>
        </message>
        <message>
            <source>what the entry says</source>
            <translation>맞는 답</translation>
        </message>
    </context>
    <context>
        <name>QuizWindow</name>
        <message>
            <source>Quiz on changed answers</source>
            <translation>바뀐 답변 퀴즈</translation>
        </message>
    </context>
    <context>
        <name>RatingForm</name>
        <message>
            <source>Items of the scorecard</source>
            <translation>평가 항목</translation>
        </message>
        <message>
            <source>0–9 points  N does not apply  Del open again  E attach  Alt+1…9 what was found  P hear  M note  O next open  Space critical fault  Ctrl+Enter submit</source>
            <translation>0–9 점수  N 해당 없음  Del 지우기  E 근거  Alt+1…9 찾은 곳  P 듣기  M 메모  O 다음 미평가  Space 치명 오류  Ctrl+Enter 제출</translation>
        </message>
        <message>
            <source>From the timeline: Ctrl+E attach, Ctrl+I items</source>
            <translation>시간 축에서: Ctrl+E 근거 붙이기, Ctrl+I 항목으로</translation>
        </message>
        <message>
            <source>The whole</source>
            <translation>전체</translation>
        </message>
        <message>
            <source>Remark on the whole call</source>
            <translation>총평</translation>
        </message>
        <message>
            <source>evidence {count}</source>
            <translation>근거 {count}</translation>
        </message>
        <message>
            <source>note</source>
            <translation>메모</translation>
        </message>
        <message>
            <source>Critical faults</source>
            <translation>치명 오류</translation>
        </message>
        <message>
            <source>none</source>
            <translation>없음</translation>
        </message>
        <message>
            <source>made</source>
            <translation>있음</translation>
        </message>
        <message>
            <source>evidence or a note is wanted</source>
            <translation>근거나 메모 필요</translation>
        </message>
        <message>
            <source>Not rated {count}</source>
            <translation>미평가 {count}</translation>
        </message>
        <message>
            <source>Digits give points to items. Space ticks a critical fault.</source>
            <translation>숫자는 항목에 점수를 줍니다. 치명 오류는 스페이스로 표시합니다.</translation>
        </message>
        <message>
            <source>This item has 0 to {most} points.</source>
            <translation>이 항목은 0~{most}점입니다.</translation>
        </message>
        <message>
            <source>Choose a stretch, a turn or an answer on the timeline first.</source>
            <translation>먼저 시간 축에서 구간, 발화, 답변을 고르세요.</translation>
        </message>
        <message>
            <source>This place is attached already.</source>
            <translation>이미 붙인 곳입니다.</translation>
        </message>
    </context>
    <context>
        <name>RatingView</name>
        <message>
            <source>Critical faults: {faults}</source>
            <translation>치명 오류: {faults}</translation>
        </message>
        <message>
            <source>Critical faults</source>
            <translation>치명 오류</translation>
        </message>
        <message>
            <source>▶ {place}</source>
            <translation>▶ {place}</translation>
        </message>
        <message>
            <source>Rater's note</source>
            <translation>평가자 메모</translation>
        </message>
    </context>
    <context>
        <name>RatingsPage</name>
        <message>
            <source>All ratings</source>
            <translation>전체 평가</translation>
        </message>
        <message>
            <source>Nobody has rated this call yet.</source>
            <translation>아직 평가한 사람이 없습니다.</translation>
        </message>
        <message>
            <source>Ratings of this call</source>
            <translation>이 통화의 평가</translation>
        </message>
        <message>
            <source>Hidden: whoever looks at it now can no longer rate this call blind.</source>
            <translation>숨긴 평가입니다. 지금 보면 이 통화를 가림 평가할 수 없습니다.</translation>
        </message>
        <message>
            <source>Show the ratings of others</source>
            <translation>다른 평가 보기</translation>
        </message>
        <message>
            <source>The chosen rating</source>
            <translation>고른 평가</translation>
        </message>
        <message>
            <source>Answer to the objection</source>
            <translation>이의에 대한 답</translation>
        </message>
        <message>
            <source>Answer to the objection; the counsellor reads it</source>
            <translation>이의에 대한 답을 적어 주세요. 상담사가 읽습니다.</translation>
        </message>
        <message>
            <source>The objection is right</source>
            <translation>이의 수용</translation>
        </message>
        <message>
            <source>Press again: the objection is right</source>
            <translation>한 번 더 눌러 이의 수용</translation>
        </message>
        <message>
            <source>The rating stays</source>
            <translation>평가 유지</translation>
        </message>
        <message>
            <source>Press again: the rating stays</source>
            <translation>한 번 더 누르면 평가 유지</translation>
        </message>
        <message>
            <source>hidden</source>
            <translation>숨김</translation>
        </message>
        <message>
            <source>yours</source>
            <translation>내 평가</translation>
        </message>
        <message>
            <source>blind</source>
            <translation>가림 평가</translation>
        </message>
        <message>
            <source>sent</source>
            <translation>전송됨</translation>
        </message>
        <message>
            <source>objection</source>
            <translation>이의 있음</translation>
        </message>
        <message>
            <source>acknowledged</source>
            <translation>상담사 확인</translation>
        </message>
        <message>
            <source>settled</source>
            <translation>이의 답변함</translation>
        </message>
        <message>
            <source>Hidden until the calibration session is closed.</source>
            <translation>평가 맞춤을 닫을 때까지 보이지 않습니다.</translation>
        </message>
        <message>
            <source>Rater: {rater}, {day}</source>
            <translation>평가자: {rater}, {day}</translation>
        </message>
        <message>
            <source>{at} The counsellor acknowledged.</source>
            <translation>{at} 상담사가 확인했습니다.</translation>
        </message>
        <message>
            <source>the whole</source>
            <translation>전체</translation>
        </message>
        <message>
            <source>{at} Objection ({about}): {text}</source>
            <translation>{at} 이의({about}): {text}</translation>
        </message>
        <message>
            <source>{at} Objection accepted ({by}): {text}</source>
            <translation>{at} 이의 수용({by}): {text}</translation>
        </message>
        <message>
            <source>{at} The rating stays ({by}): {text}</source>
            <translation>{at} 평가 유지({by}): {text}</translation>
        </message>
        <message>
            <source>Press again: the rating counts on, and your answer goes to the counsellor. It stays so.</source>
            <translation>한 번 더 누르면 평가를 그대로 세고 답변이 상담사에게 갑니다. 되돌릴 수 없습니다.</translation>
        </message>
        <message>
            <source>Write an answer to the objection first.</source>
            <translation>이의에 대한 답을 먼저 적어 주세요.</translation>
        </message>
        <message>
            <source>Press again: this rating then counts nowhere, and its rater may rate the call again. It stays so.</source>
            <translation>한 번 더 누르면 이 평가는 어디에서도 세지 않으며, 평가자가 이 통화를 다시 평가할 수 있습니다. 되돌릴 수 없습니다.</translation>
        </message>
        <message>
            <source>Answered. It goes to the counsellor.</source>
            <translation>답했습니다. 상담사에게 전합니다.</translation>
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
        <name>RebindingWindow</name>
        <message>
            <source>Change keys</source>
            <translation>단축키 바꾸기</translation>
        </message>
        <message>
            <source>Find an action or a key</source>
            <translation>기능이나 단축키 찾기</translation>
        </message>
        <message>
            <source>Actions and their keys</source>
            <translation>기능과 단축키</translation>
        </message>
        <message>
            <source>Action</source>
            <translation>기능</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>단축키</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>참고</translation>
        </message>
        <message>
            <source>New key</source>
            <translation>새 단축키</translation>
        </message>
        <message>
            <source>No key</source>
            <translation>단축키 없애기</translation>
        </message>
        <message>
            <source>Original key</source>
            <translation>원래대로</translation>
        </message>
        <message>
            <source>All original keys</source>
            <translation>모두 원래대로</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>none</source>
            <translation>없음</translation>
        </message>
        <message>
            <source>changed</source>
            <translation>바꿈</translation>
        </message>
        <message>
            <source>also elsewhere</source>
            <translation>다른 프로그램도 씀</translation>
        </message>
        <message>
            <source>Nothing found.</source>
            <translation>찾은 것이 없습니다.</translation>
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
            <source>A digit or a first consonant chooses.</source>
            <translation>숫자나 첫 자음으로 고릅니다.</translation>
        </message>
        <message>
            <source>Category: show what it came from, {time}</source>
            <translation>분류 근거 발화 보기: {time}</translation>
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
        <name>RecordPage</name>
        <message>
            <source>Record and edits</source>
            <translation>기록과 수정</translation>
        </message>
        <message>
            <source>Version before</source>
            <translation>앞 판</translation>
        </message>
        <message>
            <source>Version after</source>
            <translation>뒤 판</translation>
        </message>
        <message>
            <source>Draft of the program</source>
            <translation>프로그램 초안</translation>
        </message>
        <message>
            <source>Not filed</source>
            <translation>저장하지 않음</translation>
        </message>
        <message>
            <source>Filed {version}  {time}</source>
            <translation>저장 {version}판  {time}</translation>
        </message>
        <message>
            <source>This call has no record.</source>
            <translation>이 통화에는 기록이 없습니다.</translation>
        </message>
        <message>
            <source>The draft was never filed.</source>
            <translation>초안이 저장된 적이 없습니다.</translation>
        </message>
        <message>
            <source>Nothing was edited between the two.</source>
            <translation>두 판 사이에 고친 것이 없습니다.</translation>
        </message>
        <message>
            <source>{fields} fields edited: {new} words added, {gone} words taken out.</source>
            <translation>고친 칸 {fields}개: 넣은 낱말 {new}개, 뺀 낱말 {gone}개</translation>
        </message>
        <message>
            <source>Record {number}</source>
            <translation>기록 {number}</translation>
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
            <source>edited</source>
            <translation>고침</translation>
        </message>
        <message>
            <source>unchanged</source>
            <translation>그대로</translation>
        </message>
        <message>
            <source>[out: {text}]</source>
            <translation>[뺌: {text}]</translation>
        </message>
        <message>
            <source>[in: {text}]</source>
            <translation>[넣음: {text}]</translation>
        </message>
    </context>
    <context>
        <name>RecordPane</name>
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
            <source>Edit</source>
            <translation>편집</translation>
        </message>
        <message>
            <source>Split, join and fill records</source>
            <translation>기록 나누기, 합치기, 문장 넣기</translation>
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
            <source>Copy in another form</source>
            <translation>다른 양식으로 복사</translation>
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
    </context>
    <context>
        <name>RecordState</name>
        <message>
            <source>Not filed yet</source>
            <translation>저장 전</translation>
        </message>
        <message>
            <source>Filed (version {version})</source>
            <translation>저장됨 ({version}차)</translation>
        </message>
        <message>
            <source>Filed</source>
            <translation>저장됨</translation>
        </message>
        <message>
            <source>{filed} · sent</source>
            <translation>{filed} · 전송됨</translation>
        </message>
    </context>
    <context>
        <name>RecordStrip</name>
        <message>
            <source>Record (growing)</source>
            <translation>기록 (작성 중)</translation>
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
            <source>How the record grew in this call was not kept.</source>
            <translation>이 통화에는 상담 중에 자라던 기록이 남아 있지 않습니다.</translation>
        </message>
        <message>
            <source>End the call  F9</source>
            <translation>통화 종료  F9</translation>
        </message>
        <message>
            <source>End the call</source>
            <translation>통화 종료</translation>
        </message>
    </context>
    <context>
        <name>RecordTools</name>
        <message>
            <source>Split, join and fill records</source>
            <translation>기록 나누기, 합치기, 문장 넣기</translation>
        </message>
        <message>
            <source>Sentences for this field</source>
            <translation>이 항목에 넣을 문장</translation>
        </message>
        <message>
            <source>Copy in another form</source>
            <translation>다른 양식으로 복사</translation>
        </message>
        <message>
            <source>There is no sentence for this field.</source>
            <translation>이 항목에 넣을 문장이 없습니다.</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>되돌리기</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>다시 하기</translation>
        </message>
        <message>
            <source>New record</source>
            <translation>새 기록</translation>
        </message>
        <message>
            <source>Split off from this line</source>
            <translation>이 줄부터 새 기록으로 나누기</translation>
        </message>
        <message>
            <source>Join with the record before</source>
            <translation>앞 기록과 합치기</translation>
        </message>
        <message>
            <source>Sentence for this field</source>
            <translation>이 항목에 문장 넣기</translation>
        </message>
    </context>
    <context>
        <name>RecoveredWindow</name>
        <message>
            <source>Recovered calls</source>
            <translation>되살린 통화</translation>
        </message>
        <message>
            <source>The program stopped during these calls. Everything up to then was saved. Enter opens a call.</source>
            <translation>통화 중에 프로그램이 멈췄습니다. 그때까지의 내용은 모두 저장되어 있습니다. Enter를 누르면 통화가 열립니다.</translation>
        </message>
        <message>
            <source>Open this call</source>
            <translation>이 통화 열기</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>no sound</source>
            <translation>녹음 없음</translation>
        </message>
        <message>
            <source>sound {seconds} s</source>
            <translation>녹음 {seconds}초</translation>
        </message>
        <message>
            <source>saved up to {time}</source>
            <translation>{time}까지 저장됨</translation>
        </message>
        <message>
            <source>{count} turns of text</source>
            <translation>말 {count}번</translation>
        </message>
        <message>
            <source>draft record is ready</source>
            <translation>기록 초안 있음</translation>
        </message>
        <message>
            <source>no draft record</source>
            <translation>기록 초안 없음</translation>
        </message>
        <message>
            <source>sound files that cannot be opened: {count}</source>
            <translation>열 수 없는 녹음 파일: {count}개</translation>
        </message>
    </context>
    <context>
        <name>RegisterPage</name>
        <message>
            <source>Publish the list</source>
            <translation>명단 배포</translation>
        </message>
        <message>
            <source>Managed callers</source>
            <translation>관리 대상 민원인</translation>
        </message>
        <message>
            <source>Caller</source>
            <translation>민원인</translation>
        </message>
        <message>
            <source>Class</source>
            <translation>구분</translation>
        </message>
        <message>
            <source>Agreed handling</source>
            <translation>정한 응대 방법</translation>
        </message>
        <message>
            <source>Until</source>
            <translation>마지막 날</translation>
        </message>
        <message>
            <source>Incidents</source>
            <translation>사건</translation>
        </message>
        <message>
            <source>State</source>
            <translation>상태</translation>
        </message>
        <message>
            <source>Caller's number</source>
            <translation>발신 번호</translation>
        </message>
        <message>
            <source>Number of the caller to manage</source>
            <translation>관리할 민원인의 번호</translation>
        </message>
        <message>
            <source>Is it in the register?</source>
            <translation>등록되어 있는지 확인</translation>
        </message>
        <message>
            <source>Last day</source>
            <translation>마지막 날</translation>
        </message>
        <message>
            <source>until</source>
            <translation>마지막 날</translation>
        </message>
        <message>
            <source>Agreed handling, one or two sentences; goes to every desk</source>
            <translation>정한 응대 방법 한두 문장 (모든 자리에 보입니다)</translation>
        </message>
        <message>
            <source>Note for the team only</source>
            <translation>팀만 보는 메모</translation>
        </message>
        <message>
            <source>End the selected entry</source>
            <translation>고른 등록 끝내기</translation>
        </message>
        <message>
            <source>Change the selected entry</source>
            <translation>고른 등록 고치기</translation>
        </message>
        <message>
            <source>Leave it as it is</source>
            <translation>그대로 두기</translation>
        </message>
        <message>
            <source>ended</source>
            <translation>끝남</translation>
        </message>
        <message>
            <source>in force</source>
            <translation>적용 중</translation>
        </message>
        <message>
            <source>No list was published yet.</source>
            <translation>아직 배포한 명단이 없습니다.</translation>
        </message>
        <message>
            <source>List {version}: {entries} callers, expires {day}.</source>
            <translation>명단 {version}판: {entries}명, 유효 기한 {day}.</translation>
        </message>
        <message>
            <source>{count} changes are not at the desks yet.</source>
            <translation>변경 {count}건이 아직 자리에 전해지지 않았습니다.</translation>
        </message>
        <message>
            <source>This PC has no key for the list: run “doumi callers init” once, then press F5.</source>
            <translation>이 PC에는 명단 열쇠가 없습니다. ‘doumi callers init’ 명령을 한 번 실행한 뒤 F5를 누르세요.</translation>
        </message>
        <message>
            <source>No place to publish is set.</source>
            <translation>배포할 곳이 설정되지 않았습니다.</translation>
        </message>
        <message>
            <source>New managed caller</source>
            <translation>새 관리 대상</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>등록</translation>
        </message>
        <message>
            <source>The caller of the chosen incident becomes a managed caller</source>
            <translation>고른 사건의 민원인을 관리 대상으로 등록합니다</translation>
        </message>
        <message>
            <source>Changing the entry {caller}</source>
            <translation>등록 고치기: {caller}</translation>
        </message>
        <message>
            <source>Keep the change</source>
            <translation>고친 내용 저장</translation>
        </message>
        <message>
            <source>Write how this caller is to be handled.</source>
            <translation>응대 방법을 적어 주세요.</translation>
        </message>
        <message>
            <source>The entry was changed.</source>
            <translation>등록을 고쳤습니다.</translation>
        </message>
        <message>
            <source>The caller is in the register.</source>
            <translation>관리 대상으로 등록했습니다.</translation>
        </message>
        <message>
            <source>The entry ends today.</source>
            <translation>등록을 오늘로 끝냈습니다.</translation>
        </message>
        <message>
            <source>This number is not in the register.</source>
            <translation>등록되지 않은 번호입니다.</translation>
        </message>
        <message>
            <source>This number is in the register; its row is selected.</source>
            <translation>등록된 번호입니다. 해당 줄을 골라 두었습니다.</translation>
        </message>
        <message>
            <source>List {version} is published.</source>
            <translation>명단 {version}판을 배포했습니다.</translation>
        </message>
    </context>
    <context>
        <name>ReplayAlone</name>
        <message>
            <source>Then and now</source>
            <translation>그때와 지금</translation>
        </message>
    </context>
    <context>
        <name>ReplayBody</name>
        <message>
            <source>Pages of the replay</source>
            <translation>다시 보기 쪽</translation>
        </message>
        <message>
            <source>Desk at that moment</source>
            <translation>당시 화면</translation>
        </message>
        <message>
            <source>Events</source>
            <translation>사건 목록</translation>
        </message>
        <message>
            <source>Record and edits</source>
            <translation>기록과 수정</translation>
        </message>
    </context>
    <context>
        <name>ReplayHead</name>
        <message>
            <source>Sender not in the list of desks</source>
            <translation>보낸 데스크가 목록에 없음</translation>
        </message>
        <message>
            <source>No sound was recorded</source>
            <translation>녹음된 소리 없음</translation>
        </message>
        <message>
            <source>Replay, not live</source>
            <translation>다시 보기, 통화 아님</translation>
        </message>
        <message>
            <source>Keys (F1)</source>
            <translation>단축키 (F1)</translation>
        </message>
        <message>
            <source>Counsellor {code}</source>
            <translation>상담사 {code}</translation>
        </message>
        <message>
            <source>From {desk}</source>
            <translation>보낸 곳 {desk}</translation>
        </message>
        <message>
            <source>For: {purpose}</source>
            <translation>용도: {purpose}</translation>
        </message>
        <message>
            <source>Until {day}</source>
            <translation>{day}까지</translation>
        </message>
    </context>
    <context>
        <name>ReplayKeys</name>
        <message>
            <source>Play or pause</source>
            <translation>재생 또는 멈춤</translation>
        </message>
        <message>
            <source>5 seconds back</source>
            <translation>5초 뒤로</translation>
        </message>
        <message>
            <source>5 seconds on</source>
            <translation>5초 앞으로</translation>
        </message>
        <message>
            <source>To the turn before</source>
            <translation>앞 발화로</translation>
        </message>
        <message>
            <source>To the next turn</source>
            <translation>다음 발화로</translation>
        </message>
        <message>
            <source>To the next answer</source>
            <translation>다음 답변으로</translation>
        </message>
        <message>
            <source>To the answer before</source>
            <translation>앞 답변으로</translation>
        </message>
        <message>
            <source>To the next warning or label</source>
            <translation>다음 안내나 징후로</translation>
        </message>
        <message>
            <source>To the warning or label before</source>
            <translation>앞 안내나 징후로</translation>
        </message>
        <message>
            <source>To the next number</source>
            <translation>다음 숫자로</translation>
        </message>
        <message>
            <source>To the number before</source>
            <translation>앞 숫자로</translation>
        </message>
        <message>
            <source>To the next bookmark</source>
            <translation>다음 표시로</translation>
        </message>
        <message>
            <source>To the bookmark before</source>
            <translation>앞 표시로</translation>
        </message>
        <message>
            <source>Faster</source>
            <translation>빠르게</translation>
        </message>
        <message>
            <source>Slower</source>
            <translation>느리게</translation>
        </message>
        <message>
            <source>Normal speed</source>
            <translation>보통 빠르기</translation>
        </message>
        <message>
            <source>Skip silence, or not</source>
            <translation>침묵 건너뛰기 켜고 끄기</translation>
        </message>
        <message>
            <source>Loop: begin, end, none</source>
            <translation>구간 반복: 처음, 끝, 그만</translation>
        </message>
        <message>
            <source>Hear the counsellor, or not</source>
            <translation>상담사 소리 켜고 끄기</translation>
        </message>
        <message>
            <source>Hear the caller, or not</source>
            <translation>시민 소리 켜고 끄기</translation>
        </message>
        <message>
            <source>Transcript follows again</source>
            <translation>녹취록 다시 따라가기</translation>
        </message>
        <message>
            <source>Timeline: look closer</source>
            <translation>시간 축 가까이 보기</translation>
        </message>
        <message>
            <source>Timeline: show more</source>
            <translation>시간 축 넓게 보기</translation>
        </message>
        <message>
            <source>Timeline: the whole call</source>
            <translation>시간 축 전체 보기</translation>
        </message>
        <message>
            <source>Find words in the transcript</source>
            <translation>녹취록에서 낱말 찾기</translation>
        </message>
        <message>
            <source>Next line with these words</source>
            <translation>같은 낱말의 다음 줄</translation>
        </message>
        <message>
            <source>To the timeline</source>
            <translation>시간 축으로</translation>
        </message>
        <message>
            <source>To the page on the right</source>
            <translation>오른쪽 화면으로 가기</translation>
        </message>
        <message>
            <source>Timeline: events in one line, or a line for each kind</source>
            <translation>시간 축: 사건을 한 줄로, 또는 종류마다 한 줄씩</translation>
        </message>
        <message>
            <source>Show the transcript, or not</source>
            <translation>녹취록 보기, 접기</translation>
        </message>
        <message>
            <source>Next page on the right</source>
            <translation>오른쪽 다음 쪽</translation>
        </message>
        <message>
            <source>Page before</source>
            <translation>앞 쪽</translation>
        </message>
        <message>
            <source>Show or hide numbers</source>
            <translation>가린 숫자 보이기</translation>
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
            <source>These keys</source>
            <translation>이 단축키 목록</translation>
        </message>
        <message>
            <source>Close the window</source>
            <translation>창 닫기</translation>
        </message>
        <message>
            <source>On the timeline: ← → one second, with Shift to mark a passage, ↑ ↓ from one event to the next, Enter goes there, Space plays.</source>
            <translation>시간 축에서: ← → 1초씩 이동, Shift를 함께 누르면 구간 표시, ↑ ↓ 다음 사건으로, Enter 그곳으로 이동, Space 재생.</translation>
        </message>
        <message>
            <source>Keys of the replay</source>
            <translation>다시 보기 단축키</translation>
        </message>
    </context>
    <context>
        <name>ReplayLanes</name>
        <message>
            <source>Caller</source>
            <translation>시민</translation>
        </message>
        <message>
            <source>Counsellor</source>
            <translation>상담사</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>징후</translation>
        </message>
        <message>
            <source>Answers</source>
            <translation>답변</translation>
        </message>
        <message>
            <source>Warnings</source>
            <translation>안내</translation>
        </message>
        <message>
            <source>Numbers</source>
            <translation>숫자</translation>
        </message>
        <message>
            <source>Marks</source>
            <translation>표시</translation>
        </message>
        <message>
            <source>Line</source>
            <translation>통화 상태</translation>
        </message>
        <message>
            <source>Events</source>
            <translation>사건</translation>
        </message>
    </context>
    <context>
        <name>ReplaySelection</name>
        <message>
            <source>answers</source>
            <translation>답변</translation>
        </message>
        <message>
            <source>warnings and labels</source>
            <translation>경고와 표시</translation>
        </message>
        <message>
            <source>numbers</source>
            <translation>숫자</translation>
        </message>
        <message>
            <source>bookmarks</source>
            <translation>북마크</translation>
        </message>
        <message>
            <source>turns</source>
            <translation>발화</translation>
        </message>
        <message>
            <source>None follow from here: {what}</source>
            <translation>이 뒤에는 더 없습니다: {what}</translation>
        </message>
        <message>
            <source>None come before this: {what}</source>
            <translation>이 앞에는 더 없습니다: {what}</translation>
        </message>
    </context>
    <context>
        <name>ReplayWindow</name>
        <message>
            <source>Replay: {title}</source>
            <translation>다시 보기: {title}</translation>
        </message>
        <message>
            <source>Replay of a call</source>
            <translation>통화 다시 보기</translation>
        </message>
        <message>
            <source>F4 Play   Alt+← → 5 s   Alt+↑ ↓ Turns   F5 Answers   F1 All keys</source>
            <translation>F4 재생   Alt+← → 5초   Alt+↑ ↓ 발화   F5 답변   F1 모든 단축키</translation>
        </message>
        <message>
            <source>Nothing is played during a call.</source>
            <translation>통화 중에는 재생하지 않습니다.</translation>
        </message>
        <message>
            <source>Ctrl+W Close the window</source>
            <translation>Ctrl+W 창 닫기</translation>
        </message>
    </context>
    <context>
        <name>ReplayWords</name>
        <message>
            <source>Turn</source>
            <translation>발화</translation>
        </message>
        <message>
            <source>Abuse</source>
            <translation>악성 언행</translation>
        </message>
        <message>
            <source>Person in danger</source>
            <translation>위기</translation>
        </message>
        <message>
            <source>Hard call</source>
            <translation>강성 민원</translation>
        </message>
        <message>
            <source>Handed over</source>
            <translation>이관</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>답변</translation>
        </message>
        <message>
            <source>Action on an answer</source>
            <translation>답변에 한 일</translation>
        </message>
        <message>
            <source>No sure answer</source>
            <translation>확실한 답변 없음</translation>
        </message>
        <message>
            <source>Warning</source>
            <translation>경고 안내</translation>
        </message>
        <message>
            <source>Telephone line</source>
            <translation>전화 회선</translation>
        </message>
        <message>
            <source>Handover note</source>
            <translation>인계 메모</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>숫자</translation>
        </message>
        <message>
            <source>Bookmark</source>
            <translation>순간 표시</translation>
        </message>
        <message>
            <source>On hold</source>
            <translation>보류</translation>
        </message>
        <message>
            <source>Listening paused</source>
            <translation>듣기 멈춤</translation>
        </message>
        <message>
            <source>Not heard</source>
            <translation>듣지 못함</translation>
        </message>
        <message>
            <source>Language switched</source>
            <translation>언어 바꿈</translation>
        </message>
        <message>
            <source>Another language offered</source>
            <translation>다른 언어 권함</translation>
        </message>
        <message>
            <source>Sound device</source>
            <translation>소리 장치</translation>
        </message>
        <message>
            <source>Recognition restarted</source>
            <translation>인식 다시 시작</translation>
        </message>
        <message>
            <source>Managed caller</source>
            <translation>관리 대상 민원인</translation>
        </message>
        <message>
            <source>Menu before the call</source>
            <translation>통화 전 메뉴</translation>
        </message>
        <message>
            <source>Noted: not in the DB</source>
            <translation>메모: DB에 없음</translation>
        </message>
        <message>
            <source>Noted: wrong or outdated</source>
            <translation>메모: 틀림/오래됨</translation>
        </message>
        <message>
            <source>Call ended</source>
            <translation>통화 종료</translation>
        </message>
        <message>
            <source>Draft of the record</source>
            <translation>기록 초안</translation>
        </message>
        <message>
            <source>Record filed</source>
            <translation>기록 저장</translation>
        </message>
        <message>
            <source>Record delivered</source>
            <translation>기록 전송</translation>
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
            <source>category</source>
            <translation>분류</translation>
        </message>
        <message>
            <source>inquiry</source>
            <translation>문의</translation>
        </message>
        <message>
            <source>answer</source>
            <translation>답변</translation>
        </message>
        <message>
            <source>action</source>
            <translation>처리</translation>
        </message>
        <message>
            <source>follow-up</source>
            <translation>후속</translation>
        </message>
        <message>
            <source>ignored</source>
            <translation>쓰지 않음</translation>
        </message>
        <message>
            <source>opened</source>
            <translation>열어 봄</translation>
        </message>
        <message>
            <source>copied</source>
            <translation>복사함</translation>
        </message>
        <message>
            <source>used</source>
            <translation>사용함</translation>
        </message>
        <message>
            <source>dismissed</source>
            <translation>아님 표시</translation>
        </message>
        <message>
            <source>pinned</source>
            <translation>고정함</translation>
        </message>
        <message>
            <source>found by search</source>
            <translation>직접 찾음</translation>
        </message>
        <message>
            <source>profanity</source>
            <translation>욕설</translation>
        </message>
        <message>
            <source>insult</source>
            <translation>모욕</translation>
        </message>
        <message>
            <source>sexual harassment</source>
            <translation>성희롱</translation>
        </message>
        <message>
            <source>threat</source>
            <translation>협박</translation>
        </message>
        <message>
            <source>hate</source>
            <translation>혐오</translation>
        </message>
        <message>
            <source>unreasonable demand</source>
            <translation>무리한 요구</translation>
        </message>
        <message>
            <source>suicide</source>
            <translation>자살 위험</translation>
        </message>
        <message>
            <source>self-harm</source>
            <translation>자해</translation>
        </message>
        <message>
            <source>violence</source>
            <translation>폭력</translation>
        </message>
        <message>
            <source>child at risk</source>
            <translation>아동 위험</translation>
        </message>
        <message>
            <source>elder at risk</source>
            <translation>노인 위험</translation>
        </message>
        <message>
            <source>isolation</source>
            <translation>고립</translation>
        </message>
        <message>
            <source>hardship</source>
            <translation>생활고</translation>
        </message>
        <message>
            <source>fire or injury</source>
            <translation>화재·부상</translation>
        </message>
        <message>
            <source>long call</source>
            <translation>장시간</translation>
        </message>
        <message>
            <source>repeated demand</source>
            <translation>같은 요구 반복</translation>
        </message>
        <message>
            <source>refused answers</source>
            <translation>답변 거부</translation>
        </message>
        <message>
            <source>many earlier calls</source>
            <translation>잦은 통화</translation>
        </message>
        <message>
            <source>malicious caller</source>
            <translation>악성 민원인</translation>
        </message>
        <message>
            <source>hard caller</source>
            <translation>강성 민원인</translation>
        </message>
        <message>
            <source>notice played</source>
            <translation>안내 재생</translation>
        </message>
        <message>
            <source>transferred</source>
            <translation>돌려줌</translation>
        </message>
        <message>
            <source>ended</source>
            <translation>끊음</translation>
        </message>
        <message>
            <source>done</source>
            <translation>완료</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>실패</translation>
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
            <source>back again</source>
            <translation>다시 정상</translation>
        </message>
        <message>
            <source>silent</source>
            <translation>소리 없음</translation>
        </message>
        <message>
            <source>missing</source>
            <translation>없음</translation>
        </message>
        <message>
            <source>unplugged</source>
            <translation>빠짐</translation>
        </message>
        <message>
            <source>stuck</source>
            <translation>멈춤</translation>
        </message>
        <message>
            <source>Korean</source>
            <translation>한국어</translation>
        </message>
        <message>
            <source>speech</source>
            <translation>음성 인식</translation>
        </message>
        <message>
            <source>language model</source>
            <translation>언어 모델</translation>
        </message>
        <message>
            <source>capture</source>
            <translation>소리 입력</translation>
        </message>
        <message>
            <source>wrong</source>
            <translation>틀림</translation>
        </message>
        <message>
            <source>outdated</source>
            <translation>오래됨</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation>대기</translation>
        </message>
        <message>
            <source>no team key</source>
            <translation>팀 열쇠 없음</translation>
        </message>
        <message>
            <source>accepted</source>
            <translation>접수</translation>
        </message>
        <message>
            <source>refused</source>
            <translation>거부</translation>
        </message>
        <message>
            <source>other</source>
            <translation>기타</translation>
        </message>
        <message>
            <source>damaged</source>
            <translation>손상됨</translation>
        </message>
        <message>
            <source>lost</source>
            <translation>잃음</translation>
        </message>
        <message>
            <source>paused</source>
            <translation>멈춤</translation>
        </message>
        <message>
            <source>ready at {found}, on the screen at {shown}</source>
            <translation>{found}에 나와 {shown}에 화면에 보임</translation>
        </message>
    </context>
    <context>
        <name>ReportPage</name>
        <message>
            <source>Of whom</source>
            <translation>대상</translation>
        </message>
        <message>
            <source>A counsellor</source>
            <translation>상담사</translation>
        </message>
        <message>
            <source>A team</source>
            <translation>팀</translation>
        </message>
        <message>
            <source>All</source>
            <translation>전체</translation>
        </message>
        <message>
            <source>Code or team</source>
            <translation>코드 또는 팀</translation>
        </message>
        <message>
            <source>First day</source>
            <translation>첫날</translation>
        </message>
        <message>
            <source>Last day</source>
            <translation>마지막 날</translation>
        </message>
        <message>
            <source>Step</source>
            <translation>간격</translation>
        </message>
        <message>
            <source>By month</source>
            <translation>월별</translation>
        </message>
        <message>
            <source>By week</source>
            <translation>주별</translation>
        </message>
        <message>
            <source>Save as a file …</source>
            <translation>파일로 저장 …</translation>
        </message>
        <message>
            <source>Lines in the chart</source>
            <translation>차트에 그릴 선</translation>
        </message>
        <message>
            <source>Whole and skills</source>
            <translation>전체와 역량</translation>
        </message>
        <message>
            <source>Lines</source>
            <translation>선</translation>
        </message>
        <message>
            <source>Ratings over time</source>
            <translation>기간별 평가</translation>
        </message>
        <message>
            <source>Ratings over time, as a table</source>
            <translation>기간별 평가 표</translation>
        </message>
        <message>
            <source>Item</source>
            <translation>항목</translation>
        </message>
        <message>
            <source>No team is known yet; the list of people is set in the settings.</source>
            <translation>아직 팀을 알 수 없습니다. 설정에서 소속 목록을 정하세요.</translation>
        </message>
        <message>
            <source>No counsellor is known yet.</source>
            <translation>아직 상담사가 없습니다.</translation>
        </message>
        <message>
            <source>{count} ratings</source>
            <translation>평가 {count}건</translation>
        </message>
        <message>
            <source>Items of {skill}</source>
            <translation>{skill} 항목</translation>
        </message>
        <message>
            <source>{period}: {values}. 100 is the most; a gap is a period without a figure.</source>
            <translation>{period}: {values}. 100이 가장 높으며, 끊긴 곳은 값이 없는 기간입니다.</translation>
        </message>
        <message>
            <source>No rating in this period.</source>
            <translation>이 기간의 평가가 없습니다.</translation>
        </message>
        <message>
            <source>Whole</source>
            <translation>전체</translation>
        </message>
        <message>
            <source>Report {day}</source>
            <translation>보고서 {day}</translation>
        </message>
        <message>
            <source>Export the report</source>
            <translation>보고서 저장</translation>
        </message>
        <message>
            <source>Reports (*.xlsx *.pdf *.csv)</source>
            <translation>보고서 (*.xlsx *.pdf *.csv)</translation>
        </message>
        <message>
            <source>Written: {file}</source>
            <translation>저장한 파일: {file}</translation>
        </message>
    </context>
    <context>
        <name>ReportWindow</name>
        <message>
            <source>Incident report</source>
            <translation>경위서</translation>
        </message>
        <message>
            <source>Text of the report</source>
            <translation>경위서 내용</translation>
        </message>
        <message>
            <source>What this line rests on</source>
            <translation>이 줄의 근거가 된 발화</translation>
        </message>
        <message>
            <source>Draft again</source>
            <translation>초안 다시 만들기</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>복사</translation>
        </message>
        <message>
            <source>Copy the report</source>
            <translation>경위서 복사</translation>
        </message>
        <message>
            <source>PDF …</source>
            <translation>PDF …</translation>
        </message>
        <message>
            <source>Write the report as a PDF</source>
            <translation>경위서를 PDF로 저장</translation>
        </message>
        <message>
            <source>Print …</source>
            <translation>인쇄 …</translation>
        </message>
        <message>
            <source>Print the report</source>
            <translation>경위서 인쇄</translation>
        </message>
        <message>
            <source>Save with the call</source>
            <translation>통화와 함께 저장</translation>
        </message>
        <message>
            <source>Draft from the call. Check it, change what is wrong, then save it.</source>
            <translation>통화 기록으로 만든 초안입니다. 확인하고 고친 뒤 저장하세요.</translation>
        </message>
        <message>
            <source>Changed, not saved yet</source>
            <translation>고친 내용이 아직 저장되지 않았습니다</translation>
        </message>
        <message>
            <source>Saved with the call</source>
            <translation>통화와 함께 저장했습니다</translation>
        </message>
        <message>
            <source>Nobody's words: a heading, a fact of the call or your own sentence.</source>
            <translation>누가 한 말이 아닙니다. 제목이거나 통화의 사실, 또는 직접 쓰신 문장입니다.</translation>
        </message>
        <message>
            <source>{count} more</source>
            <translation>그 밖에 {count}건</translation>
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
            <source>The report is on the clipboard.</source>
            <translation>경위서를 복사했습니다.</translation>
        </message>
        <message>
            <source>Write a PDF</source>
            <translation>PDF로 저장</translation>
        </message>
        <message>
            <source>PDF (*.pdf)</source>
            <translation>PDF (*.pdf)</translation>
        </message>
        <message>
            <source>Written: {file}</source>
            <translation>저장한 파일: {file}</translation>
        </message>
        <message>
            <source>The PDF could not be written. Choose another folder.</source>
            <translation>PDF를 저장하지 못했습니다. 다른 폴더를 골라 주세요.</translation>
        </message>
    </context>
    <context>
        <name>RestPage</name>
        <message>
            <source>Rest</source>
            <translation>휴식</translation>
        </message>
        <message>
            <source>Back to work</source>
            <translation>업무로 돌아가기</translation>
        </message>
        <message>
            <source>Contact of the support programme</source>
            <translation>지원 프로그램 연락처</translation>
        </message>
        <message>
            <source>Switch to work without calls</source>
            <translation>전화를 받지 않는 업무로 바꾸기</translation>
        </message>
        <message>
            <source>The rest is over</source>
            <translation>쉬는 시간이 끝났습니다</translation>
        </message>
        <message>
            <source>Whenever you are ready</source>
            <translation>준비되시면 돌아오세요</translation>
        </message>
        <message>
            <source>Nothing starts by itself. Press the button when you want to go on.</source>
            <translation>저절로 시작되는 것은 없습니다. 이어서 일하고 싶을 때 버튼을 누르세요.</translation>
        </message>
        <message>
            <source>You are resting</source>
            <translation>쉬는 중입니다</translation>
        </message>
        <message>
            <source>You can come back at any time. No call begins meanwhile.</source>
            <translation>언제든 돌아오실 수 있습니다. 그동안 통화는 시작되지 않습니다.</translation>
        </message>
        <message>
            <source>Time left: {time}</source>
            <translation>남은 시간: {time}</translation>
        </message>
    </context>
    <context>
        <name>Review</name>
        <message>
            <source>Stretch</source>
            <translation>구간</translation>
        </message>
        <message>
            <source>Turn</source>
            <translation>발화</translation>
        </message>
        <message>
            <source>Answer on the screen</source>
            <translation>화면의 답변</translation>
        </message>
        <message>
            <source>Warning</source>
            <translation>경고 안내</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>숫자</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>기록</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>표시</translation>
        </message>
        <message>
            <source>Found by the program</source>
            <translation>프로그램이 찾은 곳</translation>
        </message>
        <message>
            <source>Greeting</source>
            <translation>첫인사</translation>
        </message>
        <message>
            <source>Identification</source>
            <translation>이름·소속 밝힘</translation>
        </message>
        <message>
            <source>Hold announced</source>
            <translation>대기 안내</translation>
        </message>
        <message>
            <source>Closing words</source>
            <translation>끝인사</translation>
        </message>
        <message>
            <source>Interruption</source>
            <translation>말 겹침</translation>
        </message>
        <message>
            <source>Long silence</source>
            <translation>긴 침묵</translation>
        </message>
        <message>
            <source>Counsellor's share of speaking</source>
            <translation>상담사 발화 비율</translation>
        </message>
        <message>
            <source>Answer against the entry used</source>
            <translation>사용한 항목과 답변</translation>
        </message>
        <message>
            <source>Figure against the entry used</source>
            <translation>사용한 항목과 숫자</translation>
        </message>
        <message>
            <source>Named himself or the centre</source>
            <translation>소속·이름 밝힘</translation>
        </message>
        <message>
            <source>Made sure who or what it is about</source>
            <translation>대상·내용 확인</translation>
        </message>
        <message>
            <source>Hold of the line announced</source>
            <translation>보류 안내</translation>
        </message>
        <message>
            <source>Wait announced</source>
            <translation>대기 안내</translation>
        </message>
        <message>
            <source>Asked for further questions</source>
            <translation>추가 문의 확인</translation>
        </message>
        <message>
            <source>Good-bye</source>
            <translation>끝인사</translation>
        </message>
        <message>
            <source>Figure stands in the entry beside another word</source>
            <translation>숫자가 지식 항목의 다른 말 옆에 있음</translation>
        </message>
        <message>
            <source>Counsellor began while the caller spoke</source>
            <translation>시민이 말하는 중에 상담사가 시작</translation>
        </message>
        <message>
            <source>Caller began while the counsellor spoke</source>
            <translation>상담사가 말하는 중에 시민이 시작</translation>
        </message>
        <message>
            <source>{seconds} s</source>
            <translation>{seconds}초</translation>
        </message>
        <message>
            <source>Not in the entry. Said: {said} · in the entry: {expected}</source>
            <translation>자료와 다름. 한 말: {said} · 자료: {expected}</translation>
        </message>
        <message>
            <source>Not found at this place</source>
            <translation>이 자리에서 찾지 못함</translation>
        </message>
        <message>
            <source>Looked for in the whole call and not found</source>
            <translation>통화 전체에서 찾지 못함</translation>
        </message>
        <message>
            <source>Said: {said} · in the entry: {expected}</source>
            <translation>말한 것: {said} · 항목: {expected}</translation>
        </message>
        <message>
            <source>Not rated yet</source>
            <translation>미평가</translation>
        </message>
        <message>
            <source>Does not apply</source>
            <translation>해당 없음</translation>
        </message>
        <message>
            <source>{points} of {most} points</source>
            <translation>{points}/{most}점</translation>
        </message>
        <message>
            <source>objection accepted: does not count</source>
            <translation>이의 수용, 세지 않음</translation>
        </message>
        <message>
            <source>{value} (critical fault: {faults})</source>
            <translation>{value} (치명 오류: {faults})</translation>
        </message>
        <message>
            <source>Total of the items rated {value}</source>
            <translation>평가한 항목의 합계 {value}</translation>
        </message>
        <message>
            <source>Total {value}</source>
            <translation>합계 {value}</translation>
        </message>
    </context>
    <context>
        <name>SamplingPage</name>
        <message>
            <source>Plan of the sample</source>
            <translation>표본 계획</translation>
        </message>
        <message>
            <source>See what would be drawn</source>
            <translation>미리 보기</translation>
        </message>
        <message>
            <source>Draw and tell the desks</source>
            <translation>뽑고 알리기</translation>
        </message>
        <message>
            <source>Calls of this draw</source>
            <translation>이번에 뽑힌 통화</translation>
        </message>
        <message>
            <source>Counsellor</source>
            <translation>상담사</translation>
        </message>
        <message>
            <source>Group</source>
            <translation>구분</translation>
        </message>
        <message>
            <source>Call</source>
            <translation>통화</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>길이</translation>
        </message>
        <message>
            <source>Field</source>
            <translation>분야</translation>
        </message>
        <message>
            <source>Earlier draws</source>
            <translation>지난 표본</translation>
        </message>
        <message>
            <source>Plan</source>
            <translation>계획</translation>
        </message>
        <message>
            <source>Period</source>
            <translation>기간</translation>
        </message>
        <message>
            <source>Calls</source>
            <translation>통화</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>시드</translation>
        </message>
        <message>
            <source>Draw it again and compare</source>
            <translation>다시 뽑아 비교</translation>
        </message>
        <message>
            <source>Use as a pattern</source>
            <translation>본으로 쓰기</translation>
        </message>
        <message>
            <source>e.g. regular sample of November</source>
            <translation>예: 11월 정기 표본</translation>
        </message>
        <message>
            <source>Title of the plan</source>
            <translation>계획 이름</translation>
        </message>
        <message>
            <source>First day</source>
            <translation>첫날</translation>
        </message>
        <message>
            <source>Last day</source>
            <translation>마지막 날</translation>
        </message>
        <message>
            <source>Calls a counsellor</source>
            <translation>상담사별 통화 수</translation>
        </message>
        <message>
            <source>Seed: the same seed draws the same calls</source>
            <translation>시드: 같은 시드는 같은 통화를 뽑습니다</translation>
        </message>
        <message>
            <source>no limit</source>
            <translation>제한 없음</translation>
        </message>
        <message>
            <source>Shortest call, minutes; empty is no limit</source>
            <translation>가장 짧은 통화(분). 비우면 제한 없음</translation>
        </message>
        <message>
            <source>Longest call, minutes; empty is no limit</source>
            <translation>가장 긴 통화(분). 비우면 제한 없음</translation>
        </message>
        <message>
            <source>All; or codes with commas between</source>
            <translation>전체, 또는 A11, A12처럼</translation>
        </message>
        <message>
            <source>Counsellors, by code</source>
            <translation>상담사 코드</translation>
        </message>
        <message>
            <source>Title</source>
            <translation>이름</translation>
        </message>
        <message>
            <source>Counsellors</source>
            <translation>상담사</translation>
        </message>
        <message>
            <source>Minutes</source>
            <translation>길이(분)</translation>
        </message>
        <message>
            <source>Spread over: {name}</source>
            <translation>고르게 나눌 기준: {name}</translation>
        </message>
        <message>
            <source>Only with: {name}</source>
            <translation>이 표시가 있는 통화만: {name}</translation>
        </message>
        <message>
            <source>Without: {name}</source>
            <translation>이 표시가 있으면 빼기: {name}</translation>
        </message>
        <message>
            <source>Spread evenly over</source>
            <translation>고르게 나눌 기준</translation>
        </message>
        <message>
            <source>Only calls with one of</source>
            <translation>이 중 하나가 있는 통화만</translation>
        </message>
        <message>
            <source>No calls with</source>
            <translation>이 표시가 있으면 빼기</translation>
        </message>
        <message>
            <source>See first what would be drawn; then it can be drawn.</source>
            <translation>먼저 미리 보기로 확인한 뒤 뽑을 수 있습니다.</translation>
        </message>
        <message>
            <source>Give the plan a title; the counsellors read it.</source>
            <translation>계획 이름을 적어 주세요. 상담사도 이 이름을 봅니다.</translation>
        </message>
        <message>
            <source>The last day is before the first.</source>
            <translation>마지막 날이 첫날보다 앞섭니다.</translation>
        </message>
        <message>
            <source>The longest call is shorter than the shortest.</source>
            <translation>가장 긴 길이가 가장 짧은 길이보다 짧습니다.</translation>
        </message>
        <message>
            <source>Drawn: {count} calls. The desks are told.</source>
            <translation>통화 {count}건을 뽑아 상담 PC에 알렸습니다.</translation>
        </message>
        <message>
            <source>plainly random</source>
            <translation>무작위</translation>
        </message>
        <message>
            <source>not known here any more</source>
            <translation>이 PC에서는 알 수 없음</translation>
        </message>
        <message>
            <source>none</source>
            <translation>없음</translation>
        </message>
        <message>
            <source>{count} calls out of {population} (mark {mark}).</source>
            <translation>통화 {population}건 가운데 {count}건입니다(모집단 표시 {mark}).</translation>
        </message>
        <message>
            <source>{counsellor} ({count})</source>
            <translation>{counsellor}({count}건)</translation>
        </message>
        <message>
            <source>Fewer calls than wanted: {names}</source>
            <translation>통화가 모자란 상담사: {names}</translation>
        </message>
        <message>
            <source>Drawn again: the same {count} calls from the same {population}.</source>
            <translation>다시 뽑아도 같은 {population}건에서 같은 {count}건이 나왔습니다.</translation>
        </message>
        <message>
            <source>Drawn again from the same calls, but others came out: the kept draw was changed.</source>
            <translation>같은 통화에서 다시 뽑았으나 다른 결과가 나왔습니다. 보관한 표본이 바뀌었습니다.</translation>
        </message>
        <message>
            <source>The calls to choose from are others now ({population} then, {now} now), so it cannot be compared. {same} of {count} calls are the same.</source>
            <translation>지금은 뽑을 대상이 달라져(그때 {population}건, 지금 {now}건) 비교할 수 없습니다. {count}건 가운데 {same}건이 같습니다.</translation>
        </message>
    </context>
    <context>
        <name>Scorecard</name>
        <message>
            <source>Scorecard</source>
            <translation>평가표</translation>
        </message>
        <message>
            <source>Rate this call</source>
            <translation>이 통화 평가</translation>
        </message>
        <message>
            <source>Rubric</source>
            <translation>평가표</translation>
        </message>
        <message>
            <source>Rate it blind</source>
            <translation>가림 평가</translation>
        </message>
        <message>
            <source>Begin to rate</source>
            <translation>평가 시작</translation>
        </message>
        <message>
            <source>Rater: {rater}</source>
            <translation>평가자: {rater}</translation>
        </message>
        <message>
            <source>{title} (version {version})</source>
            <translation>{title} ({version}판)</translation>
        </message>
        <message>
            <source>Rated by {count} others. Rating blind, you see nothing of theirs before yours is submitted.</source>
            <translation>다른 평가 {count}건이 있습니다. 가림 평가를 하면 제출하기 전에는 보이지 않습니다.</translation>
        </message>
        <message>
            <source>Nobody has rated this call yet.</source>
            <translation>아직 평가한 사람이 없습니다.</translation>
        </message>
        <message>
            <source>Your rating of this call does not count: the objection to it was accepted.</source>
            <translation>이 통화를 평가하셨지만 이의가 받아들여져 그 평가는 세지 않습니다.</translation>
        </message>
        <message>
            <source>Calibration</source>
            <translation>평가 맞춤</translation>
        </message>
        <message>
            <source>Blind</source>
            <translation>가림 평가</translation>
        </message>
        <message>
            <source>Draft</source>
            <translation>초안</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>전송됨</translation>
        </message>
        <message>
            <source>Submitted</source>
            <translation>제출함</translation>
        </message>
        <message>
            <source>Submitted at {at}. A submitted rating is never changed.</source>
            <translation>{at}에 제출했습니다. 제출한 평가는 바뀌지 않습니다.</translation>
        </message>
        <message>
            <source>Draft kept</source>
            <translation>초안을 저장했습니다</translation>
        </message>
    </context>
    <context>
        <name>ScorecardFoot</name>
        <message>
            <source>Discard the draft</source>
            <translation>초안 버리기</translation>
        </message>
        <message>
            <source>Submit</source>
            <translation>제출</translation>
        </message>
        <message>
            <source>Send to the counsellor</source>
            <translation>상담사에게 보내기</translation>
        </message>
        <message>
            <source>Press again to send</source>
            <translation>한 번 더 눌러 보내기</translation>
        </message>
        <message>
            <source>Rate again</source>
            <translation>다시 평가</translation>
        </message>
        <message>
            <source>The objection was right: this rating does not count any more</source>
            <translation>이의가 인정되어 이 평가는 더 이상 집계하지 않습니다</translation>
        </message>
        <message>
            <source>Send again, with later tasks</source>
            <translation>나중에 더한 과제까지 다시 보내기</translation>
        </message>
        <message>
            <source>Press again: the rating with its evidence, notes and tasks goes to the desk of {counsellor}. What was sent cannot be taken back.</source>
            <translation>한 번 더 누르면 이 평가와 근거, 메모, 과제가 상담사 {counsellor}의 자리로 갑니다. 보낸 것은 거둘 수 없습니다.</translation>
        </message>
        <message>
            <source>the counsellor without a code</source>
            <translation>코드 없음</translation>
        </message>
        <message>
            <source>Press again to submit, for good</source>
            <translation>한 번 더 누르면 제출 (변경 불가)</translation>
        </message>
        <message>
            <source>Press again to discard</source>
            <translation>한 번 더 누르면 버립니다</translation>
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
        <name>SecondWindow</name>
        <message>
            <source>Counsellor's desk: digits and record</source>
            <translation>상담도우미: 숫자와 기록</translation>
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
            <source>unsent</source>
            <translation>미전송</translation>
        </message>
        <message>
            <source>refused</source>
            <translation>거절됨</translation>
        </message>
        <message>
            <source>sent</source>
            <translation>전송됨</translation>
        </message>
        <message>
            <source>handed over</source>
            <translation>이관</translation>
        </message>
        <message>
            <source>cut short</source>
            <translation>중단됨</translation>
        </message>
        <message>
            <source>practice</source>
            <translation>연습</translation>
        </message>
        <message>
            <source>exercise</source>
            <translation>연습 과제</translation>
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
            <source>How long calls are kept</source>
            <translation>통화 보관 기간</translation>
        </message>
        <message>
            <source>Hand on …</source>
            <translation>건네기…</translation>
        </message>
        <message>
            <source>Hand the selected call on, sealed</source>
            <translation>고른 통화를 봉해 건네기</translation>
        </message>
        <message>
            <source>Replay</source>
            <translation>다시 보기</translation>
        </message>
        <message>
            <source>Replay the selected call</source>
            <translation>고른 통화 다시 보기</translation>
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
            <source>Replay this call</source>
            <translation>이 통화 다시 보기</translation>
        </message>
        <message>
            <source>Incident report</source>
            <translation>경위서</translation>
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
        <name>SettingRow</name>
        <message>
            <source>Back to the program's own value</source>
            <translation>프로그램 기본값으로</translation>
        </message>
        <message>
            <source>{name}: back to the program's own value</source>
            <translation>{name}: 프로그램 기본값으로</translation>
        </message>
        <message>
            <source>{low} to {high} {unit}</source>
            <translation>{low}~{high} {unit}</translation>
        </message>
        <message>
            <source>from {low} {unit}</source>
            <translation>{low} {unit}부터</translation>
        </message>
        <message>
            <source>at most {high} {unit}</source>
            <translation>{high} {unit}까지</translation>
        </message>
        <message>
            <source>Set by the site</source>
            <translation>기관에서 정한 값</translation>
        </message>
        <message>
            <source>Set by the site for everybody at this PC</source>
            <translation>이 PC의 모두에게 기관에서 정한 값</translation>
        </message>
        <message>
            <source>Of this PC: changed from its default profile</source>
            <translation>이 PC의 설정: 기본 사용자로 열어 바꿉니다</translation>
        </message>
        <message>
            <source>Set by the environment of the program</source>
            <translation>실행 환경에서 정한 값</translation>
        </message>
        <message>
            <source>Decided by the site: settings file or policy</source>
            <translation>기관에서 정함: 설정 파일이나 정책</translation>
        </message>
        <message>
            <source>From the next call</source>
            <translation>다음 통화부터</translation>
        </message>
        <message>
            <source>From the next start</source>
            <translation>다음 시작부터</translation>
        </message>
        <message>
            <source>On</source>
            <translation>켬</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>끔</translation>
        </message>
        <message>
            <source>None</source>
            <translation>없음</translation>
        </message>
        <message>
            <source>Not set</source>
            <translation>정하지 않음</translation>
        </message>
        <message>
            <source>Hear announcements there</source>
            <translation>여기로 들어 보기</translation>
        </message>
        <message>
            <source>System default</source>
            <translation>시스템 기본</translation>
        </message>
        <message>
            <source>{name}: choose a folder</source>
            <translation>{name}: 폴더 고르기</translation>
        </message>
        <message>
            <source>{name}: choose a file</source>
            <translation>{name}: 파일 고르기</translation>
        </message>
    </context>
    <context>
        <name>SettingsWindow</name>
        <message>
            <source>Settings</source>
            <translation>설정</translation>
        </message>
        <message>
            <source>Find a setting</source>
            <translation>설정 찾기</translation>
        </message>
        <message>
            <source>About the program</source>
            <translation>프로그램 정보</translation>
        </message>
        <message>
            <source>Groups of settings</source>
            <translation>설정 묶음</translation>
        </message>
        <message>
            <source>Settings of the group</source>
            <translation>묶음의 설정</translation>
        </message>
        <message>
            <source>Show fine adjustments too</source>
            <translation>세부 설정도 보기</translation>
        </message>
        <message>
            <source>Recording and how long it is kept</source>
            <translation>녹음과 보관 기간</translation>
        </message>
        <message>
            <source>Change the keys</source>
            <translation>단축키 바꾸기</translation>
        </message>
        <message>
            <source>First start</source>
            <translation>첫 시작 도우미</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>{count} settings found</source>
            <translation>찾은 설정 {count}개</translation>
        </message>
        <message>
            <source>Nothing found. Try another word.</source>
            <translation>찾은 설정이 없습니다. 다른 말로 찾아보세요.</translation>
        </message>
        <message>
            <source>{count} settings found; the first {shown} are shown</source>
            <translation>찾은 설정 {count}개 가운데 {shown}개를 보입니다</translation>
        </message>
        <message>
            <source>These windows stay out of screenshots and shared screens.</source>
            <translation>이 프로그램의 창은 화면 캡처와 화면 공유에 나오지 않습니다.</translation>
        </message>
        <message>
            <source>These windows can be captured and shared, as the site decided.</source>
            <translation>센터의 결정에 따라 이 프로그램의 창도 화면 캡처와 공유에 나올 수 있습니다.</translation>
        </message>
        <message>
            <source>This system cannot keep windows out of screenshots and shared screens.</source>
            <translation>이 PC의 운영체제에서는 창을 화면 캡처와 공유에서 뺄 수 없습니다.</translation>
        </message>
    </context>
    <context>
        <name>ShareWindow</name>
        <message>
            <source>Hand a call on, sealed</source>
            <translation>통화를 봉해 건네기</translation>
        </message>
        <message>
            <source>Call of {began}</source>
            <translation>통화: {began}</translation>
        </message>
        <message>
            <source>Sound, text and record go into one file that only the people you choose can open, in this program, until the last day. Every opening is logged.</source>
            <translation>소리와 글, 기록을 파일 하나에 봉합니다. 고른 사람만 이 프로그램에서 기한까지 열 수 있고, 열 때마다 기록이 남습니다.</translation>
        </message>
        <message>
            <source>Call</source>
            <translation>통화</translation>
        </message>
        <message>
            <source>The texts, with personal data covered, go into one file that only the people you choose can open, in this program, until the last day. Every opening is logged.</source>
            <translation>글은 개인정보를 가려 파일 하나에 봉합니다. 고른 사람만 이 프로그램에서 기한까지 열 수 있고, 열 때마다 기록이 남습니다.</translation>
        </message>
        <message>
            <source>The sound of the caller goes along as it was: names and numbers that the caller says can be heard.</source>
            <translation>시민의 소리는 가리지 않고 함께 갑니다. 시민이 말한 이름과 번호가 그대로 들립니다.</translation>
        </message>
        <message>
            <source>Hand an exercise on, sealed</source>
            <translation>연습 과제를 봉해 건네기</translation>
        </message>
        <message>
            <source>Exercise: {title}</source>
            <translation>연습 과제: {title}</translation>
        </message>
        <message>
            <source>Exercise</source>
            <translation>연습 과제</translation>
        </message>
        <message>
            <source>How much is sealed</source>
            <translation>봉한 정도</translation>
        </message>
        <message>
            <source>Save my key …</source>
            <translation>내 열쇠 저장…</translation>
        </message>
        <message>
            <source>Colleagues need it to seal calls and exercises for you.</source>
            <translation>동료가 통화나 연습 과제를 나에게 봉해 보낼 때 필요합니다.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>Seal and hand on</source>
            <translation>봉해 건네기</translation>
        </message>
        <message>
            <source>Who may open it</source>
            <translation>받는 사람</translation>
        </message>
        <message>
            <source>Add a key file …</source>
            <translation>열쇠 파일 넣기…</translation>
        </message>
        <message>
            <source>Take out</source>
            <translation>빼기</translation>
        </message>
        <message>
            <source>Take the chosen key out</source>
            <translation>고른 열쇠 빼기</translation>
        </message>
        <message>
            <source>What it may be used for</source>
            <translation>쓸 곳</translation>
        </message>
        <message>
            <source>e.g. training of new counsellors</source>
            <translation>예: 신입 상담사 교육</translation>
        </message>
        <message>
            <source>Last day</source>
            <translation>기한</translation>
        </message>
        <message>
            <source>Last day, {day} at the latest</source>
            <translation>기한(늦어도 {day})</translation>
        </message>
        <message>
            <source>File or folder</source>
            <translation>파일이나 폴더</translation>
        </message>
        <message>
            <source>file, folder, or address of a store</source>
            <translation>파일, 폴더, 저장소 주소</translation>
        </message>
        <message>
            <source>Choose …</source>
            <translation>고르기…</translation>
        </message>
        <message>
            <source>Choose a file</source>
            <translation>파일 고르기</translation>
        </message>
        <message>
            <source>Key files of the receivers</source>
            <translation>받는 사람의 열쇠 파일</translation>
        </message>
        <message>
            <source>Session package (*.doumi)</source>
            <translation>통화 꾸러미 (*.doumi)</translation>
        </message>
        <message>
            <source>Where the package goes</source>
            <translation>꾸러미를 둘 곳</translation>
        </message>
        <message>
            <source>Save my key</source>
            <translation>내 열쇠 저장</translation>
        </message>
        <message>
            <source>Your key was saved. Hand it to colleagues who send you calls: {path}</source>
            <translation>내 열쇠를 저장했습니다. 통화를 보낼 동료에게 건네주세요: {path}</translation>
        </message>
        <message>
            <source>Sealed. The package lies here: {place}</source>
            <translation>봉했습니다. 꾸러미가 있는 곳: {place}</translation>
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
            <source>Switch the caller's language as offered, or back</source>
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
            <source>Hard call: I have said it, or the next step</source>
            <translation>어려운 통화: 말했습니다, 또는 다음 단계</translation>
        </message>
        <message>
            <source>Hard call: end it rather than hand it over</source>
            <translation>어려운 통화: 이관 대신 종료</translation>
        </message>
        <message>
            <source>Hard call: the situation before</source>
            <translation>어려운 통화: 앞 상황</translation>
        </message>
        <message>
            <source>Hard call: the next situation</source>
            <translation>어려운 통화: 다음 상황</translation>
        </message>
        <message>
            <source>Give the caller's number</source>
            <translation>민원인 번호 넣기</translation>
        </message>
        <message>
            <source>Show or hide heard numbers</source>
            <translation>들은 숫자 보기/가리기</translation>
        </message>
        <message>
            <source>Hear the chosen or doubtful number again</source>
            <translation>고른 숫자나 확인할 숫자 다시 듣기</translation>
        </message>
        <message>
            <source>Copy the chosen number, else the last</source>
            <translation>고른 숫자 복사(없으면 마지막 숫자)</translation>
        </message>
        <message>
            <source>Choose the number above</source>
            <translation>위 숫자 고르기</translation>
        </message>
        <message>
            <source>Choose the number below</source>
            <translation>아래 숫자 고르기</translation>
        </message>
        <message>
            <source>Conversation: to the newest line</source>
            <translation>대화: 최신 줄로</translation>
        </message>
        <message>
            <source>Open a recording as a call</source>
            <translation>녹음 파일 열기</translation>
        </message>
        <message>
            <source>Check the sound devices</source>
            <translation>소리 점검</translation>
        </message>
        <message>
            <source>Put the ended call away</source>
            <translation>끝난 통화 닫기</translation>
        </message>
        <message>
            <source>Search the counselling DB</source>
            <translation>상담 DB 검색</translation>
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
            <source>Offer answers quietly</source>
            <translation>답변 제시: 조용히</translation>
        </message>
        <message>
            <source>Offer answers as usual</source>
            <translation>답변 제시: 보통</translation>
        </message>
        <message>
            <source>Offer answers actively</source>
            <translation>답변 제시: 적극</translation>
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
            <source>Record: undo, wherever it was</source>
            <translation>기록: 되돌리기(어느 항목이든)</translation>
        </message>
        <message>
            <source>Record: redo</source>
            <translation>기록: 다시 하기</translation>
        </message>
        <message>
            <source>Record: a ready sentence for this field</source>
            <translation>기록: 이 항목에 문장 넣기</translation>
        </message>
        <message>
            <source>Record: a new one for another inquiry</source>
            <translation>기록: 다른 문의로 새 기록</translation>
        </message>
        <message>
            <source>Record: split off from this line</source>
            <translation>기록: 이 줄부터 나누기</translation>
        </message>
        <message>
            <source>Record: join with the one before</source>
            <translation>기록: 앞 기록과 합치기</translation>
        </message>
        <message>
            <source>Record: the next one</source>
            <translation>기록: 다음 기록</translation>
        </message>
        <message>
            <source>Record: the one before</source>
            <translation>기록: 앞 기록</translation>
        </message>
        <message>
            <source>Copy the record</source>
            <translation>기록 복사</translation>
        </message>
        <message>
            <source>Copy the record in another form</source>
            <translation>다른 양식으로 기록 복사</translation>
        </message>
        <message>
            <source>All keys</source>
            <translation>모든 단축키</translation>
        </message>
        <message>
            <source>Find anything</source>
            <translation>무엇이든 찾기</translation>
        </message>
        <message>
            <source>The guide, in the browser</source>
            <translation>사용 안내 (브라우저)</translation>
        </message>
        <message>
            <source>The tour: begin or leave it</source>
            <translation>둘러보기: 시작, 그만 보기</translation>
        </message>
        <message>
            <source>The tour: next step</source>
            <translation>둘러보기: 다음</translation>
        </message>
        <message>
            <source>The tour: step before</source>
            <translation>둘러보기: 이전</translation>
        </message>
        <message>
            <source>Change the keys</source>
            <translation>단축키 바꾸기</translation>
        </message>
        <message>
            <source>Print the card of keys</source>
            <translation>단축키 카드 인쇄</translation>
        </message>
        <message>
            <source>The card of keys as a PDF</source>
            <translation>단축키 카드를 PDF로 저장</translation>
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
            <source>Support and care after a hard call</source>
            <translation>힘든 통화 뒤의 도움과 돌봄</translation>
        </message>
        <message>
            <source>What this PC keeps</source>
            <translation>이 PC에 보관 중인 것</translation>
        </message>
        <message>
            <source>Letters about my calls</source>
            <translation>내 통화 평가</translation>
        </message>
        <message>
            <source>Exercises: practise on a model case</source>
            <translation>연습 과제: 모범 사례로 연습</translation>
        </message>
        <message>
            <source>What changed in the DB</source>
            <translation>상담 DB에서 바뀐 것</translation>
        </message>
        <message>
            <source>Calls that a crash cut short</source>
            <translation>중단된 통화</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>설정</translation>
        </message>
        <message>
            <source>The first start's questions</source>
            <translation>첫 시작 도우미</translation>
        </message>
        <message>
            <source>About the program: version and licences</source>
            <translation>프로그램 정보: 버전과 라이선스</translation>
        </message>
        <message>
            <source>Next layout: one window, column, two windows</source>
            <translation>화면 배치: 한 창, 세로, 두 창</translation>
        </message>
        <message>
            <source>The conversation; opens and closes it</source>
            <translation>대화 보기·닫기</translation>
        </message>
        <message>
            <source>Large captions only, or the whole desk</source>
            <translation>큰 자막만 보기·전체 보기</translation>
        </message>
        <message>
            <source>Silence the announcement, or hear it again</source>
            <translation>알림 읽기 멈추기, 다시 듣기</translation>
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
            <source>Close the notice</source>
            <translation>알림 닫기</translation>
        </message>
        <message>
            <source>Switch counsellor</source>
            <translation>상담사 바꾸기</translation>
        </message>
        <message>
            <source>Lock now</source>
            <translation>지금 잠그기</translation>
        </message>
        <message>
            <source>Set a PIN</source>
            <translation>PIN 설정</translation>
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
        <message>
            <source>Only between calls</source>
            <translation>통화가 없을 때만</translation>
        </message>
        <message>
            <source>There are no exercises here</source>
            <translation>이 PC에는 연습 과제가 없습니다</translation>
        </message>
        <message>
            <source>Only in the tour</source>
            <translation>둘러보기 중에만</translation>
        </message>
        <message>
            <source>Only in a call</source>
            <translation>통화 중에만</translation>
        </message>
        <message>
            <source>Only after the call</source>
            <translation>통화가 끝난 뒤에만</translation>
        </message>
        <message>
            <source>Only in the wrap-up</source>
            <translation>통화가 끝난 뒤 기록할 때만</translation>
        </message>
        <message>
            <source>Needs a speech model</source>
            <translation>음성 모델이 필요함</translation>
        </message>
        <message>
            <source>No number was heard</source>
            <translation>들은 숫자 없음</translation>
        </message>
        <message>
            <source>No answer is shown</source>
            <translation>보이는 답변 없음</translation>
        </message>
        <message>
            <source>No newer answers wait</source>
            <translation>새 답변 없음</translation>
        </message>
        <message>
            <source>This desk takes no part in quality assurance</source>
            <translation>상담 평가에 참여하지 않는 PC입니다</translation>
        </message>
        <message>
            <source>There are none</source>
            <translation>없음</translation>
        </message>
        <message>
            <source>Announcements are off</source>
            <translation>알림 읽어 주기가 꺼져 있습니다</translation>
        </message>
        <message>
            <source>No notice is shown</source>
            <translation>알림 없음</translation>
        </message>
    </context>
    <context>
        <name>SideFact</name>
        <message>
            <source>Loudness: {side}</source>
            <translation>소리 크기: {side}</translation>
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
            <source>stuck</source>
            <translation>멈춤</translation>
        </message>
        <message>
            <source>The caller's side is silent. Check the device and its volume.</source>
            <translation>시민 쪽 소리가 들리지 않습니다. 장치와 음량을 확인하세요.</translation>
        </message>
        <message>
            <source>Your microphone is silent. Check mute and volume.</source>
            <translation>상담사 마이크 소리가 들리지 않습니다. 음소거와 음량을 확인하세요.</translation>
        </message>
        <message>
            <source>The caller's device is missing. Plug it in again.</source>
            <translation>시민 쪽 장치가 없습니다. 장치를 다시 연결하세요.</translation>
        </message>
        <message>
            <source>Your microphone is missing. Plug it in again.</source>
            <translation>상담사 마이크가 없습니다. 마이크를 다시 연결하세요.</translation>
        </message>
        <message>
            <source>The caller's device was unplugged. Plug it in again.</source>
            <translation>시민 쪽 장치가 빠졌습니다. 장치를 다시 연결하세요.</translation>
        </message>
        <message>
            <source>Your microphone was unplugged. Plug it in again.</source>
            <translation>상담사 마이크가 빠졌습니다. 마이크를 다시 연결하세요.</translation>
        </message>
        <message>
            <source>The caller's device is stuck. If it stays so, plug it in again.</source>
            <translation>시민 쪽 장치가 멈췄습니다. 계속되면 장치를 뺐다가 다시 연결하세요.</translation>
        </message>
        <message>
            <source>Your microphone is stuck. If it stays so, plug it in again.</source>
            <translation>상담사 마이크가 멈췄습니다. 계속되면 마이크를 뺐다가 다시 연결하세요.</translation>
        </message>
    </context>
    <context>
        <name>SoundCheckDialog</name>
        <message>
            <source>Sound check</source>
            <translation>소리 점검</translation>
        </message>
        <message>
            <source>Say a sentence, and let the caller's side play something.</source>
            <translation>한 문장을 말해 보고, 시민 쪽에서도 소리가 나게 해 보세요.</translation>
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
    </context>
    <context>
        <name>SoundPage</name>
        <message>
            <source>Record 3 seconds and listen</source>
            <translation>3초 녹음해 보기</translation>
        </message>
        <message>
            <source>Look for devices again</source>
            <translation>장치 다시 찾기</translation>
        </message>
        <message>
            <source>Your microphone</source>
            <translation>내 마이크</translation>
        </message>
        <message>
            <source>Caller's side</source>
            <translation>시민 쪽</translation>
        </message>
        <message>
            <source>Hear</source>
            <translation>듣기</translation>
        </message>
        <message>
            <source>Hear your microphone</source>
            <translation>내 마이크 녹음 듣기</translation>
        </message>
        <message>
            <source>Hear the caller's side</source>
            <translation>시민 쪽 녹음 듣기</translation>
        </message>
        <message>
            <source>Opening the devices …</source>
            <translation>장치를 여는 중입니다 …</translation>
        </message>
        <message>
            <source>Please speak, and let the caller's side play something … {left}</source>
            <translation>말씀하시고, 시민 쪽에서도 소리를 내 주세요 … {left}</translation>
        </message>
        <message>
            <source>Reading what was said …</source>
            <translation>알아듣는 중입니다 …</translation>
        </message>
        <message>
            <source>There is no sound</source>
            <translation>소리가 없습니다</translation>
        </message>
        <message>
            <source>too low</source>
            <translation>소리가 작습니다</translation>
        </message>
        <message>
            <source>good loudness</source>
            <translation>소리 크기가 알맞습니다</translation>
        </message>
        <message>
            <source>too loud</source>
            <translation>소리가 너무 큽니다</translation>
        </message>
        <message>
            <source>“{text}”</source>
            <translation>“{text}”</translation>
        </message>
        <message>
            <source>no words recognised</source>
            <translation>알아들은 말이 없습니다</translation>
        </message>
        <message>
            <source>The trial did not work.</source>
            <translation>시험하지 못했습니다. 장치를 확인하고 다시 눌러 주세요.</translation>
        </message>
    </context>
    <context>
        <name>SoundPanel</name>
        <message>
            <source>Your microphone</source>
            <translation>내 마이크</translation>
        </message>
        <message>
            <source>Caller's device</source>
            <translation>시민 쪽 장치</translation>
        </message>
        <message>
            <source>Loudness of your microphone</source>
            <translation>내 마이크 소리 크기</translation>
        </message>
        <message>
            <source>Loudness of the caller's side</source>
            <translation>시민 쪽 소리 크기</translation>
        </message>
        <message>
            <source>Caller's side</source>
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
            <source>Nothing is heard. Let the caller's side play something, or choose another device.</source>
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
            <source>Sound and text stay on this PC, encrypted. Of every call quality assurance learns time, length, field, your counsellor code and marks (handed over, crisis, abuse, hard caller, another language, interrupted, on hold, not in the DB), not what was said. Samples can be drawn by all of these; a call that is drawn goes there sealed. Nothing else is sent unless you hand a call over.</source>
            <translation>소리와 글은 암호화되어 이 PC에 남습니다. 평가 담당은 통화마다 시각, 길이, 분야, 상담사 코드와 표시(이관, 위기, 폭언, 강성, 외국어, 중단됨, 보류, DB에 없음)를 알고 이것으로 표본을 뽑습니다. 말한 내용은 모릅니다. 뽑힌 통화만 봉해 보냅니다. 그 밖에는 이관할 때만 보냅니다.</translation>
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
            <source>Tour step by step</source>
            <translation>차례로 둘러보기</translation>
        </message>
        <message>
            <source>Exercises</source>
            <translation>연습 과제</translation>
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
            <source>Recovered calls</source>
            <translation>되살린 통화</translation>
        </message>
        <message>
            <source>Letters about my calls</source>
            <translation>내 통화 평가</translation>
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
            <source>See {count} recovered calls</source>
            <translation>되살린 통화 {count}건 보기</translation>
        </message>
        <message>
            <source>{count} new letters</source>
            <translation>새 평가 {count}건</translation>
        </message>
        <message>
            <source>{count} of my calls drawn</source>
            <translation>뽑힌 통화 {count}건</translation>
        </message>
        <message>
            <source>Letters about my calls: {what}</source>
            <translation>내 통화 평가: {what}</translation>
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
            <source>Microphone: {microphone}. Caller's side: {side}.</source>
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
        <name>StepsPane</name>
        <message>
            <source>Steps</source>
            <translation>조치</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>날짜</translation>
        </message>
        <message>
            <source>Step</source>
            <translation>조치</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>메모</translation>
        </message>
        <message>
            <source>Recorded</source>
            <translation>적은 때</translation>
        </message>
        <message>
            <source>No step was recorded yet.</source>
            <translation>아직 기록한 조치가 없습니다.</translation>
        </message>
        <message>
            <source>Day of the step</source>
            <translation>조치한 날짜</translation>
        </message>
        <message>
            <source>Note on the step</source>
            <translation>조치 메모</translation>
        </message>
        <message>
            <source>Note, if you like</source>
            <translation>메모 (선택)</translation>
        </message>
        <message>
            <source>Record the step</source>
            <translation>조치 기록</translation>
        </message>
        <message>
            <source>Put the selected line right</source>
            <translation>고른 줄 정정</translation>
        </message>
        <message>
            <source>Correction: {step}</source>
            <translation>정정: {step}</translation>
        </message>
        <message>
            <source>{step} (put right later)</source>
            <translation>{step} (나중에 정정됨)</translation>
        </message>
        <message>
            <source>Putting right: {day} {step}. The old line stays and is struck through.</source>
            <translation>정정하는 줄: {day} {step}. 앞의 줄은 지우지 않고 줄을 그어 남깁니다.</translation>
        </message>
        <message>
            <source>Leave it as it is</source>
            <translation>그대로 두기</translation>
        </message>
    </context>
    <context>
        <name>Strip</name>
        <message>
            <source>Counsellor's desk: strip</source>
            <translation>상담도우미 띠</translation>
        </message>
        <message>
            <source>Hand over</source>
            <translation>이관</translation>
        </message>
        <message>
            <source>hold</source>
            <translation>길게</translation>
        </message>
        <message>
            <source>Warnings {given}/{allowed}</source>
            <translation>경고 {given}/{allowed}</translation>
        </message>
        <message>
            <source>A person in danger: look at the desk.</source>
            <translation>위험에 처한 사람: 상담도우미를 보세요.</translation>
        </message>
        <message>
            <source>● Paused {time}</source>
            <translation>● 듣기 멈춤 {time}</translation>
        </message>
        <message>
            <source>● In a call {time}</source>
            <translation>● 통화 중 {time}</translation>
        </message>
    </context>
    <context>
        <name>Team</name>
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
            <translation>협박</translation>
        </message>
        <message>
            <source>Hate</source>
            <translation>혐오·차별</translation>
        </message>
        <message>
            <source>Unreasonable demand</source>
            <translation>억지</translation>
        </message>
        <message>
            <source>Warned</source>
            <translation>경고</translation>
        </message>
        <message>
            <source>Counselling restricted</source>
            <translation>상담 제한</translation>
        </message>
        <message>
            <source>Accused</source>
            <translation>고발</translation>
        </message>
        <message>
            <source>Indicted</source>
            <translation>기소</translation>
        </message>
        <message>
            <source>Sentenced</source>
            <translation>판결</translation>
        </message>
        <message>
            <source>Closed</source>
            <translation>종결</translation>
        </message>
        <message>
            <source>Withdrawn</source>
            <translation>정정(취소)</translation>
        </message>
        <message>
            <source>Abusive</source>
            <translation>악성</translation>
        </message>
        <message>
            <source>Hard</source>
            <translation>강성</translation>
        </message>
        <message>
            <source>Untouched</source>
            <translation>원본 그대로</translation>
        </message>
        <message>
            <source>Sender not proven</source>
            <translation>보낸 곳 확인 안 됨</translation>
        </message>
        <message>
            <source>Changed</source>
            <translation>바뀜</translation>
        </message>
        <message>
            <source>Cannot be opened</source>
            <translation>열 수 없음</translation>
        </message>
        <message>
            <source>Warning said</source>
            <translation>경고</translation>
        </message>
        <message>
            <source>Notice given</source>
            <translation>사유 안내</translation>
        </message>
        <message>
            <source>Transferred</source>
            <translation>통화 돌림</translation>
        </message>
        <message>
            <source>Call ended</source>
            <translation>통화 종료</translation>
        </message>
        <message>
            <source>Handed over</source>
            <translation>이관</translation>
        </message>
        <message>
            <source>Protection given</source>
            <translation>보호조치</translation>
        </message>
        <message>
            <source>mild</source>
            <translation>약함</translation>
        </message>
        <message>
            <source>serious</source>
            <translation>보통</translation>
        </message>
        <message>
            <source>grave</source>
            <translation>심함</translation>
        </message>
        <message>
            <source>None named</source>
            <translation>유형 없음</translation>
        </message>
        <message>
            <source>No step yet</source>
            <translation>조치 전</translation>
        </message>
        <message>
            <source>Untouched: every part and the desk's signature are as they were sealed.</source>
            <translation>원본 그대로입니다. 모든 부분과 보낸 자리의 서명이 봉인할 때와 같습니다.</translation>
        </message>
        <message>
            <source>Every part is as it was sealed, but no known desk's signature proves the sender.</source>
            <translation>모든 부분이 봉인할 때와 같지만, 보낸 자리를 증명할 서명이 없습니다.</translation>
        </message>
        <message>
            <source>Changed after sealing. Not as sealed: {names}</source>
            <translation>봉인한 뒤에 바뀌었습니다. 봉인할 때와 다른 부분: {names}</translation>
        </message>
        <message>
            <source>Cannot be opened. The file is kept as it came.</source>
            <translation>열 수 없습니다. 파일은 받은 그대로 보관합니다.</translation>
        </message>
    </context>
    <context>
        <name>TeamWindow</name>
        <message>
            <source>Dedicated team</source>
            <translation>전담팀</translation>
        </message>
        <message>
            <source>F4 Play   Alt+← → Places in the call   Alt+↑ ↓ Incidents   Ctrl+F Search   F5 New packs</source>
            <translation>F4 듣기   Alt+← → 통화 안의 사건   Alt+↑ ↓ 사건 목록   Ctrl+F 찾기   F5 새 자료</translation>
        </message>
        <message>
            <source>Pages of the team</source>
            <translation>전담팀 화면</translation>
        </message>
        <message>
            <source>Inbox</source>
            <translation>받은 사건</translation>
        </message>
        <message>
            <source>Managed callers</source>
            <translation>관리 대상</translation>
        </message>
        <message>
            <source>Figures</source>
            <translation>통계</translation>
        </message>
        <message>
            <source>Take in the team's key …</source>
            <translation>팀 열쇠 가져오기 …</translation>
        </message>
        <message>
            <source>Settings (Ctrl+,)</source>
            <translation>설정 (Ctrl+,)</translation>
        </message>
        <message>
            <source>Packs cannot be opened yet: this PC has no team key (team.key).</source>
            <translation>아직 자료를 열 수 없습니다. 이 PC에 팀 열쇠(team.key)가 없습니다.</translation>
        </message>
        <message>
            <source>No inbox folder is set.</source>
            <translation>받은 자료의 폴더가 설정되지 않았습니다.</translation>
        </message>
        <message>
            <source>Inbox: {folder}</source>
            <translation>받은 자료 폴더: {folder}</translation>
        </message>
        <message>
            <source>The team's key</source>
            <translation>팀 열쇠</translation>
        </message>
        <message>
            <source>Team key (team.key *.key)</source>
            <translation>팀 열쇠 (team.key *.key)</translation>
        </message>
    </context>
    <context>
        <name>ThenNowPage</name>
        <message>
            <source>Then and now</source>
            <translation>그때와 지금</translation>
        </message>
        <message>
            <source>Runs this call again with today's recognition, knowledge and rules. The call stays as it is.</source>
            <translation>이 통화를 오늘의 인식, 지식, 규칙으로 다시 돌립니다. 통화 기록은 그대로입니다.</translation>
        </message>
        <message>
            <source>What the run begins from</source>
            <translation>다시 돌릴 바탕</translation>
        </message>
        <message>
            <source>Run again</source>
            <translation>다시 돌리기</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>그만두기</translation>
        </message>
        <message>
            <source>Part of the run that is done</source>
            <translation>진행 정도</translation>
        </message>
        <message>
            <source>Only what differs</source>
            <translation>다른 것만</translation>
        </message>
        <message>
            <source>What was compared</source>
            <translation>비교한 것</translation>
        </message>
        <message>
            <source>Then</source>
            <translation>그때</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>지금</translation>
        </message>
        <message>
            <source>Hear this moment</source>
            <translation>이 순간 듣기</translation>
        </message>
        <message>
            <source>Hear the sound again: {model}</source>
            <translation>소리 다시 듣기: {model}</translation>
        </message>
        <message>
            <source>From the stored text</source>
            <translation>저장된 글로</translation>
        </message>
        <message>
            <source>No speech model is installed: the run begins from the stored text.</source>
            <translation>설치된 인식 모델이 없어 저장된 글로 돌립니다.</translation>
        </message>
        <message>
            <source>This call has no sound: the run begins from the stored text.</source>
            <translation>소리가 없는 통화라 저장된 글로 돌립니다.</translation>
        </message>
        <message>
            <source>Running. Replay goes on meanwhile.</source>
            <translation>돌리고 있습니다. 그동안 다시 보기는 계속할 수 있습니다.</translation>
        </message>
        <message>
            <source>{differing} of {count} differ</source>
            <translation>{count}건 가운데 {differing}건 다름</translation>
        </message>
        <message>
            <source>heard again with {model}</source>
            <translation>{model} 모델로 다시 들음</translation>
        </message>
        <message>
            <source>from the stored text</source>
            <translation>저장된 글로</translation>
        </message>
        <message>
            <source>from the stored text: there is no sound</source>
            <translation>소리가 없어 저장된 글로</translation>
        </message>
        <message>
            <source>from the stored text: no speech model is installed</source>
            <translation>인식 모델이 없어 저장된 글로</translation>
        </message>
        <message>
            <source>knowledge: {name}</source>
            <translation>상담 지식: {name}</translation>
        </message>
        <message>
            <source>knowledge: the example that comes with the program</source>
            <translation>상담 지식: 프로그램에 든 예시</translation>
        </message>
        <message>
            <source>knowledge: {name}, release {number}</source>
            <translation>상담 지식: {name}, {number}번째 배포</translation>
        </message>
        <message>
            <source>searched by words alone</source>
            <translation>낱말로만 찾음</translation>
        </message>
        <message>
            <source>Nothing differs.</source>
            <translation>달라진 것이 없습니다.</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>없음</translation>
        </message>
        <message>
            <source>Then: {then}. Now: {now}.</source>
            <translation>그때: {then}. 지금: {now}.</translation>
        </message>
        <message>
            <source>gone: {words}</source>
            <translation>빠진 말: {words}</translation>
        </message>
        <message>
            <source>come: {words}</source>
            <translation>새로 온 말: {words}</translation>
        </message>
    </context>
    <context>
        <name>ThenNowWords</name>
        <message>
            <source>Text</source>
            <translation>글</translation>
        </message>
        <message>
            <source>Answers</source>
            <translation>답변</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>표시</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>숫자</translation>
        </message>
        <message>
            <source>Draft</source>
            <translation>초안</translation>
        </message>
        <message>
            <source>counsellor</source>
            <translation>상담사</translation>
        </message>
        <message>
            <source>caller</source>
            <translation>시민</translation>
        </message>
        <message>
            <source>sound missing, stored text</source>
            <translation>소리 없음, 저장된 글</translation>
        </message>
        <message>
            <source>the same</source>
            <translation>같음</translation>
        </message>
        <message>
            <source>only now</source>
            <translation>지금만 있음</translation>
        </message>
        <message>
            <source>only then</source>
            <translation>그때만 있음</translation>
        </message>
        <message>
            <source>differs</source>
            <translation>다름</translation>
        </message>
        <message>
            <source>then, search by meaning did not answer: words alone were searched</source>
            <translation>그때는 뜻으로 찾기가 응답하지 않아 낱말로만 찾음</translation>
        </message>
        <message>
            <source>now, search by meaning did not answer: words alone were searched</source>
            <translation>지금은 뜻으로 찾기가 응답하지 않아 낱말로만 찾음</translation>
        </message>
        <message>
            <source>{field} of record {number}</source>
            <translation>기록 {number}의 {field}</translation>
        </message>
        <message>
            <source>{label}, level {level}</source>
            <translation>{label}, {level}단계</translation>
        </message>
    </context>
    <context>
        <name>Timeline</name>
        <message>
            <source>Timeline of the call</source>
            <translation>통화 시간 축</translation>
        </message>
        <message>
            <source>Loop</source>
            <translation>구간 반복</translation>
        </message>
    </context>
    <context>
        <name>TimelinePane</name>
        <message>
            <source>Stretch of the call in view</source>
            <translation>보이는 구간</translation>
        </message>
        <message>
            <source>Show more of the call (Alt+-)</source>
            <translation>더 넓게 보기 (Alt+-)</translation>
        </message>
        <message>
            <source>Look closer (Alt++)</source>
            <translation>더 가까이 보기 (Alt++)</translation>
        </message>
        <message>
            <source>Show the whole call (Alt+0)</source>
            <translation>통화 전체 보기 (Alt+0)</translation>
        </message>
        <message>
            <source>Whole</source>
            <translation>전체</translation>
        </message>
        <message>
            <source>Events in one line, or a line for each kind (Alt+W)</source>
            <translation>사건을 한 줄로, 또는 종류마다 한 줄씩 (Alt+W)</translation>
        </message>
        <message>
            <source>Transcript  Alt+R</source>
            <translation>녹취록  Alt+R</translation>
        </message>
        <message>
            <source>Show the transcript, or not (Alt+R)</source>
            <translation>녹취록 보기, 접기 (Alt+R)</translation>
        </message>
        <message>
            <source>Timeline of the call</source>
            <translation>통화 시간 축</translation>
        </message>
        <message>
            <source>All lines  Alt+W</source>
            <translation>사건 줄 펼치기  Alt+W</translation>
        </message>
        <message>
            <source>One line  Alt+W</source>
            <translation>사건 한 줄로  Alt+W</translation>
        </message>
        <message>
            <source>Marked {start} to {end}</source>
            <translation>표시한 구간 {start} ~ {end}</translation>
        </message>
        <message>
            <source>Drag to move through the call; with Shift to mark a passage. ↑ ↓ go from one to the next.</source>
            <translation>끌면 통화 속을 옮겨 다니고, Shift를 누르고 끌면 구간을 표시합니다. ↑ ↓ 다음 사건으로.</translation>
        </message>
    </context>
    <context>
        <name>Told</name>
        <message>
            <source>Sangdam Doumi</source>
            <translation>상담도우미</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
    </context>
    <context>
        <name>Tour</name>
        <message>
            <source>The tour plays a practice call. Please ask again between calls.</source>
            <translation>둘러보기는 연습 통화를 재생합니다. 통화가 없을 때 다시 열어 주세요.</translation>
        </message>
        <message>
            <source>The call goes on; this step comes at its moment.</source>
            <translation>통화가 이어집니다. 때가 되면 여기에 안내가 나옵니다.</translation>
        </message>
        <message>
            <source>You left at “{step}”; the call is played to there.</source>
            <translation>지난번에 멈춘 곳: {step}. 통화를 거기까지 재생합니다.</translation>
        </message>
        <message>
            <source>The tour ends here</source>
            <translation>둘러보기는 여기까지입니다</translation>
        </message>
        <message>
            <source>The record is not filed yet: you may file it now, or leave it as a draft.</source>
            <translation>이 기록은 아직 저장하지 않았습니다. 지금 저장하거나 초안으로 두셔도 됩니다.</translation>
        </message>
        <message>
            <source>In this layout that place is folded away.</source>
            <translation>지금 배치에서는 이 부분이 접혀 있습니다.</translation>
        </message>
        <message>
            <source>Tour {number} of {all}</source>
            <translation>둘러보기 {number}/{all}</translation>
        </message>
        <message>
            <source>Begin</source>
            <translation>시작</translation>
        </message>
        <message>
            <source>Finish</source>
            <translation>마치기</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>다음</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>건너뛰기</translation>
        </message>
        <message>
            <source>A practice call, step by step</source>
            <translation>연습 통화로 둘러보기</translation>
        </message>
        <message>
            <source>A practice call is played slowly, and it waits while you read. Nobody is on the line. You may leave at any time and go on later.</source>
            <translation>연습 통화가 천천히 재생되고, 읽으시는 동안에는 기다립니다. 실제 통화가 아니니 편하게 눌러 보세요. 언제든 그만두고 나중에 이어서 보실 수 있습니다.</translation>
        </message>
        <message>
            <source>What was said</source>
            <translation>오간 말</translation>
        </message>
        <message>
            <source>The words of both sides stand here in order. Grey words may still change; solid ones stay as they are.</source>
            <translation>시민과 상담사의 말이 차례로 적힙니다. 회색 글은 아직 바뀔 수 있고, 진한 글은 그대로 남습니다.</translation>
        </message>
        <message>
            <source>The answer</source>
            <translation>답변 카드</translation>
        </message>
        <message>
            <source>When the counselling DB has an answer, at most three cards come. Filled dots tell how well one fits. When nothing fits it stays quiet here, and you can search yourself.</source>
            <translation>상담 DB에 맞는 답이 있으면 카드가 많아야 세 장 나타납니다. 채워진 점이 많을수록 잘 맞는 답입니다. 맞는 답이 없으면 조용히 있으니, 그때는 직접 찾으시면 됩니다.</translation>
        </message>
        <message>
            <source>Copy the answer</source>
            <translation>답변 복사</translation>
        </message>
        <message>
            <source>Please press it now: the answer of the card with the thick edge goes to the clipboard.</source>
            <translation>이 키를 지금 눌러 보세요. 왼쪽 선이 굵은 카드의 답변이 복사됩니다.</translation>
        </message>
        <message>
            <source>Say that it was used</source>
            <translation>사용함 표시</translation>
        </message>
        <message>
            <source>You gave the caller this answer? One key notes it. Please press it now. The search on this PC learns from it; nobody is measured by it.</source>
            <translation>이 답변으로 안내하셨다면 키 하나로 표시합니다. 지금 눌러 보세요. 이 PC의 검색이 배울 뿐, 상담사를 평가하는 데 쓰지 않습니다.</translation>
        </message>
        <message>
            <source>Heard numbers</source>
            <translation>들은 숫자</translation>
        </message>
        <message>
            <source>Phone numbers, amounts, dates and addresses collect here in large type. Where one is doubtful it says so. One key plays those seconds again, one copies. A practice call has no sound to play.</source>
            <translation>전화번호, 금액, 날짜, 주소가 큰 글씨로 모입니다. 확실하지 않은 것에는 확인 필요라고 적습니다. 키 하나로 그 부분을 다시 듣고, 키 하나로 복사합니다. 연습 통화에는 다시 들을 소리가 없습니다.</translation>
        </message>
        <message>
            <source>When a call turns abusive</source>
            <translation>폭언이 나올 때</translation>
        </message>
        <message>
            <source>The sentence to say next stands here. Hold the key for half a second, and the evidence is sealed for the dedicated team. The program never ends a call by itself. There is nothing to press now.</source>
            <translation>지금 할 말이 여기에 나옵니다. 키를 0.5초 누르고 있으면 증거를 봉인해 전담팀으로 이관합니다. 프로그램이 스스로 통화를 끊는 일은 없습니다. 지금은 누르지 않으셔도 됩니다.</translation>
        </message>
        <message>
            <source>End the call</source>
            <translation>통화 종료</translation>
        </message>
        <message>
            <source>Please press it now. The record is drafted at once.</source>
            <translation>지금 눌러 보세요. 기록 초안이 바로 나옵니다.</translation>
        </message>
        <message>
            <source>The draft</source>
            <translation>기록 초안</translation>
        </message>
        <message>
            <source>The record grew during the call. Read it over and correct what is wrong: Tab walks the fields. Each line can show the words it came from.</source>
            <translation>통화하는 동안 쓰인 초안입니다. 읽어 보고 다른 곳만 고치시면 됩니다. Tab으로 다음 칸에 가고, 줄마다 어느 말에서 나왔는지 볼 수 있습니다.</translation>
        </message>
        <message>
            <source>File the record</source>
            <translation>기록 저장</translation>
        </message>
        <message>
            <source>Please press it now. A filed record can be opened and corrected later.</source>
            <translation>지금 눌러 보세요. 저장한 기록은 나중에 열어 고칠 수 있습니다.</translation>
        </message>
        <message>
            <source>That was the way of a call</source>
            <translation>통화 한 건을 마쳤습니다</translation>
        </message>
        <message>
            <source>Every key stands on one page. The other practice calls are harder ones; take your time.</source>
            <translation>모든 키는 한 장에 있습니다. 다른 연습 통화에는 더 어려운 상황도 있으니 천천히 해 보세요.</translation>
        </message>
    </context>
    <context>
        <name>TourNote</name>
        <message>
            <source>Tour</source>
            <translation>둘러보기</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>이전</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>다음</translation>
        </message>
        <message>
            <source>Leave the tour</source>
            <translation>그만 보기</translation>
        </message>
    </context>
    <context>
        <name>Training</name>
        <message>
            <source>Then and now</source>
            <translation>그때와 지금</translation>
        </message>
        <message>
            <source>Exercise</source>
            <translation>연습</translation>
        </message>
        <message>
            <source>Quiz</source>
            <translation>퀴즈</translation>
        </message>
    </context>
    <context>
        <name>TranscriptPane</name>
        <message>
            <source>Transcript</source>
            <translation>녹취록</translation>
        </message>
        <message>
            <source>Follow again</source>
            <translation>다시 따라가기</translation>
        </message>
        <message>
            <source>Find words  Ctrl+F</source>
            <translation>낱말 찾기  Ctrl+F</translation>
        </message>
        <message>
            <source>Find words in the transcript</source>
            <translation>녹취록에서 낱말 찾기</translation>
        </message>
        <message>
            <source>{count} lines. Enter goes to the next.</source>
            <translation>{count}줄. Enter를 누르면 다음 줄로 갑니다.</translation>
        </message>
    </context>
    <context>
        <name>Transport</name>
        <message>
            <source>Play</source>
            <translation>재생</translation>
        </message>
        <message>
            <source>5 seconds back (Alt+←)</source>
            <translation>5초 뒤로 (Alt+←)</translation>
        </message>
        <message>
            <source>5 seconds on (Alt+→)</source>
            <translation>5초 앞으로 (Alt+→)</translation>
        </message>
        <message>
            <source>Turn ↑</source>
            <translation>발화 ↑</translation>
        </message>
        <message>
            <source>To the turn before (Alt+↑)</source>
            <translation>앞 발화로 (Alt+↑)</translation>
        </message>
        <message>
            <source>Turn ↓</source>
            <translation>발화 ↓</translation>
        </message>
        <message>
            <source>To the next turn (Alt+↓)</source>
            <translation>다음 발화로 (Alt+↓)</translation>
        </message>
        <message>
            <source>Speed (Alt+PgUp, Alt+PgDown)</source>
            <translation>빠르기 (Alt+PgUp, Alt+PgDown)</translation>
        </message>
        <message>
            <source>{speed}×</source>
            <translation>{speed}배</translation>
        </message>
        <message>
            <source>Skip silence</source>
            <translation>침묵 건너뛰기</translation>
        </message>
        <message>
            <source>Counsellor</source>
            <translation>상담사</translation>
        </message>
        <message>
            <source>Caller</source>
            <translation>시민</translation>
        </message>
        <message>
            <source>Hear the counsellor</source>
            <translation>상담사 소리 듣기</translation>
        </message>
        <message>
            <source>Hear the caller</source>
            <translation>시민 소리 듣기</translation>
        </message>
        <message>
            <source>Loop</source>
            <translation>구간 반복</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>멈춤</translation>
        </message>
        <message>
            <source>No loop</source>
            <translation>반복 끝내기</translation>
        </message>
        <message>
            <source>Loop to here</source>
            <translation>여기까지 반복</translation>
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
    <context>
        <name>self.catch</name>
        <message>
            <source>Enter here, then the new key</source>
            <translation>여기를 고른 뒤 새 단축키</translation>
        </message>
    </context>
</TS>

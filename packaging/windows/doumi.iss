; Inno Setup 6.3 or later: iscc /DVersion=0.1.0 packaging\windows\doumi.iss
; Takes what `make dist` built (dist\doumi) and writes dist\doumi-VERSION-setup.exe.
; Written and kept beside the build; not compiled by the tests, which run on Linux.
;
; Unattended:  doumi-0.1.0-setup.exe /VERYSILENT /SUPPRESSMSGBOXES /NORESTART /LOG="C:\Windows\Temp\doumi.log"
;   /ALLUSERS      for everybody (needs rights); /CURRENTUSER for this user, without rights
;   /MODELS="\\server\doumi\models"  the folder of models, set for the machine or the user as DOUMI_MODELS
;   /TASKS="links,files"             what is registered; add "policies" for the group policy templates of this PC
;   /DIR="D:\doumi"                  elsewhere

#ifndef Version
  #define Version "0.1.0"
#endif
#define Name "상담도우미"
#define Source "..\..\dist\doumi"

[Setup]
AppId={{6D8E4B0B-7C8B-4C8E-9D6B-3C1C1F0D7A51}
AppName={#Name}
AppVersion={#Version}
AppPublisher=Sangdam Doumi
VersionInfoVersion={#Version}
DefaultDirName={autopf}\doumi
DefaultGroupName={#Name}
DisableProgramGroupPage=yes
DisableDirPage=auto
LicenseFile={#Source}\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=doumi-{#Version}-setup
SetupIconFile=doumi.ico
UninstallDisplayIcon={app}\doumi-desk.exe
Compression=lzma2/max
SolidCompression=yes
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=commandline dialog
ChangesAssociations=yes
ChangesEnvironment=yes
; A call is never cut short: with the desk open nothing is changed, see PrepareToInstall below.
CloseApplications=no
RestartApplications=no
SetupLogging=yes

[Languages]
Name: "ko"; MessagesFile: "compiler:Languages\Korean.isl"
Name: "en"; MessagesFile: "compiler:Default.isl"

[CustomMessages]
ko.Links=doumi: 링크를 상담도우미로 열기(전화 프로그램 연동)
en.Links=Open doumi: links with Sangdam Doumi (telephony programs)
ko.Files=통화 꾸러미(.doumi)을 상담도우미로 열기
en.Files=Open session packages (.doumi) with Sangdam Doumi
ko.Policies=이 PC에 그룹 정책 서식 넣기(관리자)
en.Policies=Put the group policy templates on this PC (administrator)
ko.Session=상담도우미 통화 꾸러미
en.Session=Sangdam Doumi session package
ko.Desktop=바탕 화면에 바로 가기 만들기
en.Desktop=Make a shortcut on the desktop
ko.Open=상담도우미가 열려 있습니다. 통화를 마치고 닫은 뒤 다시 설치해 주세요.
en.Open=Sangdam Doumi is open. Close it after the call and install again.

[Tasks]
Name: "links"; Description: "{cm:Links}"
Name: "files"; Description: "{cm:Files}"
Name: "desktop"; Description: "{cm:Desktop}"; Flags: unchecked
Name: "policies"; Description: "{cm:Policies}"; Flags: unchecked; Check: IsAdminInstallMode

[InstallDelete]
; Of the version before: what is no longer part of the program must not be found by this one. Models stay.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Source}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs
Source: "doumi-session.ico"; DestDir: "{app}"; Flags: ignoreversion
Source: "{#Source}\policies\doumi.admx"; DestDir: "{win}\PolicyDefinitions"; Tasks: policies; Flags: ignoreversion
Source: "{#Source}\policies\ko-KR\doumi.adml"; DestDir: "{win}\PolicyDefinitions\ko-KR"; Tasks: policies; Flags: ignoreversion
Source: "{#Source}\policies\en-US\doumi.adml"; DestDir: "{win}\PolicyDefinitions\en-US"; Tasks: policies; Flags: ignoreversion

[Icons]
Name: "{group}\{#Name}"; Filename: "{app}\doumi-desk.exe"; AppUserModelID: "org.doumi.desk"
Name: "{autodesktop}\{#Name}"; Filename: "{app}\doumi-desk.exe"; Tasks: desktop; AppUserModelID: "org.doumi.desk"

[Registry]
Root: HKA; Subkey: "Software\Classes\doumi"; ValueType: string; ValueData: "URL:doumi"; Tasks: links; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\doumi"; ValueType: string; ValueName: "URL Protocol"; ValueData: ""; Tasks: links
Root: HKA; Subkey: "Software\Classes\doumi\DefaultIcon"; ValueType: string; ValueData: """{app}\doumi-desk.exe"",0"; Tasks: links
Root: HKA; Subkey: "Software\Classes\doumi\shell\open\command"; ValueType: string; ValueData: """{app}\doumi-desk.exe"" open-link -- ""%1"""; Tasks: links
Root: HKA; Subkey: "Software\Classes\.doumi"; ValueType: string; ValueData: "Doumi.Session"; Tasks: files; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.doumi"; ValueType: string; ValueName: "Content Type"; ValueData: "application/vnd.doumi.session"; Tasks: files
Root: HKA; Subkey: "Software\Classes\.doumi\OpenWithProgids"; ValueType: string; ValueName: "Doumi.Session"; ValueData: ""; Tasks: files; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\Doumi.Session"; ValueType: string; ValueData: "{cm:Session}"; Tasks: files; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Doumi.Session\DefaultIcon"; ValueType: string; ValueData: """{app}\doumi-session.ico"""; Tasks: files
Root: HKA; Subkey: "Software\Classes\Doumi.Session\shell\open\command"; ValueType: string; ValueData: """{app}\doumi-desk.exe"" ""%1"""; Tasks: files
Root: HKLM; Subkey: "SYSTEM\CurrentControlSet\Control\Session Manager\Environment"; ValueType: expandsz; ValueName: "DOUMI_MODELS"; ValueData: "{param:models}"; Check: IsAdminInstallMode and HasModels; Flags: uninsdeletevalue
Root: HKCU; Subkey: "Environment"; ValueType: expandsz; ValueName: "DOUMI_MODELS"; ValueData: "{param:models}"; Check: (not IsAdminInstallMode) and HasModels; Flags: uninsdeletevalue

[UninstallDelete]
Type: filesandordirs; Name: "{app}\_internal"

[Code]
// A program that runs cannot be opened for writing. Unattended, set-up then ends with exit code 7 and has changed nothing.
function PrepareToInstall(var NeedsRestart: Boolean): String;
var
  Name: String;
  Index: Integer;
  Held: TFileStream;
begin
  Result := '';
  for Index := 0 to 1 do begin
    if Index = 0 then Name := ExpandConstant('{app}\doumi-desk.exe') else Name := ExpandConstant('{app}\doumi.exe');
    if FileExists(Name) then begin
      try
        Held := TFileStream.Create(Name, fmOpenReadWrite or fmShareExclusive);
        Held.Free;
      except
        Result := CustomMessage('Open');
      end;
    end;
  end;
end;

function HasModels: Boolean;
begin
  Result := ExpandConstant('{param:models}') <> '';
end;

# Sets everything up and opens the desk. Usage: scripts\run.ps1 [arguments of "doumi run"]
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..")
$python = if (Get-Command py -ErrorAction SilentlyContinue) { @("py", "-3") } else { @("python") }
& $python[0] @($python | Select-Object -Skip 1) scripts\bootstrap.py run @args
exit $LASTEXITCODE

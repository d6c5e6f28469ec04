# Sets everything up and runs every check. Usage: scripts\test.ps1 [arguments of pytest]
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..")
$python = if (Get-Command py -ErrorAction SilentlyContinue) { @("py", "-3") } else { @("python") }
& $python[0] @($python | Select-Object -Skip 1) scripts\bootstrap.py test @args
exit $LASTEXITCODE

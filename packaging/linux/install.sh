#!/bin/sh
# Put the built folder where the system finds it, unattended.
#   ./install.sh                 for this user:  ~/.local/opt/doumi
#   sudo ./install.sh --system   for everybody:  /opt/doumi
#   ./install.sh --remove [--system]
# Data of the desk (the user's data folder) is never touched. DESTDIR puts all of it under another root.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
scope=user
remove=no
for word in "$@"; do
  case $word in
    --system) scope=system ;;
    --remove) remove=yes ;;
    *) sed -n '2,6p' "$0"; exit 2 ;;
  esac
done

root=${DESTDIR:-}
if [ "$scope" = system ]; then
  folder=/opt/doumi; programs=/usr/local/bin; share=/usr/local/share
else
  folder=$HOME/.local/opt/doumi; programs=$HOME/.local/bin; share=${XDG_DATA_HOME:-$HOME/.local/share}
fi

entry=$root$share/applications/doumi.desktop
mime=$root$share/mime/packages/doumi-mime.xml
meta=$root$share/metainfo/org.doumi.desk.metainfo.xml
icons=$root$share/icons/hicolor/scalable

if [ "$remove" = yes ]; then
  rm -f "$entry" "$mime" "$meta" "$icons/apps/doumi.svg" "$icons/mimetypes/application-vnd.doumi.session.svg"
  rm -f "$root$programs/doumi"
  rm -rf "$root$folder"
else
  new=$root$folder.new
  rm -rf "$new"
  mkdir -p "$new" "$root$programs" "$(dirname "$entry")" "$(dirname "$mime")" "$(dirname "$meta")" \
    "$icons/apps" "$icons/mimetypes"
  cp -a "$here/." "$new/"
  # A whole new folder takes the place of the old one: an update cut short leaves the old program as it was.
  rm -rf "$root$folder.old"
  if [ -e "$root$folder" ]; then mv "$root$folder" "$root$folder.old"; fi
  mv "$new" "$root$folder"
  rm -rf "$root$folder.old"
  ln -sf "$folder/doumi" "$root$programs/doumi"
  sed "s|^Exec=doumi |Exec=\"$folder/doumi\" |" "$here/linux/doumi.desktop" > "$entry"
  cp "$here/linux/doumi-mime.xml" "$mime"
  cp "$here/linux/org.doumi.desk.metainfo.xml" "$meta"
  cp "$here/linux/doumi.svg" "$icons/apps/doumi.svg"
  cp "$here/linux/doumi-session.svg" "$icons/mimetypes/application-vnd.doumi.session.svg"
fi

if [ -z "$root" ]; then
  if command -v update-desktop-database >/dev/null; then update-desktop-database -q "$share/applications" || :; fi
  if command -v update-mime-database >/dev/null; then update-mime-database "$share/mime" || :; fi
  if command -v gtk-update-icon-cache >/dev/null; then gtk-update-icon-cache -q "$share/icons/hicolor" || :; fi
fi
echo "doumi: $scope, $folder"

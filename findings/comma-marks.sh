#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "a tool that does not know the decimal comma leaves 12,5 as a text: it never ranks with it"
python_packages csvkit==2.2.0 agate==1.14.2 agate-excel==0.4.2 agate-dbf==0.2.4 agate-sql==0.7.3 babel==2.19.0 isodate==0.7.2 \
    leather==0.4.1 parsedatetime==2.6 python-slugify==9.2.0 text-unidecode==1.3 pytimeparse==1.1.10 sqlalchemy==2.1.9 \
    typing_extensions==4.16.0
printf 'dossier;note\nA;12,5\nB;14\nC;9,75\n' > marks.csv
printf 'dossier;part\nA;"3,5 %%"\nB;50 %%\n' > shares.csv
happens echo "csvsort, from the best"
happens env/bin/python -m csvkit.utilities.csvsort -d ';' -c note -r marks.csv
happens echo "csvsql, rank"
happens env/bin/python -m csvkit.utilities.csvsql -d ';' --query 'select dossier, rank() over (order by note desc) as rang from marks' marks.csv
happens echo "csvsort of shares"
happens env/bin/python -m csvkit.utilities.csvsort -d ';' -c part -r shares.csv
seen <<'END'
csvsort, from the best
dossier,note
C,975
A,125
B,14
csvsql, rank
dossier,rang
C,1
A,2
B,3
csvsort of shares
dossier,part
B,50
A,35
END

/** The passwords of eight characters and more that lists of leaked ones are led by, in lower case. */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `
password passw0rd password1 password12 password123 password1234 password! password1! p@ssword p@ssw0rd passwort
12345678 123456789 1234567890 12345678910 0123456789 987654321 9876543210 87654321 123123123 1234512345 11223344
12341234 123456123456 147258369 159357456 741852963 789456123 321654987 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx
1qaz2wsx3edc qwer1234 qwerty12 qwerty123 qwerty1234 qwertyui qwertyuiop qwerty123456 asdfghjk asdfghjkl asdf1234
zxcvbnm1 zxcvbnm123 zaq12wsx zaq1zaq1 1234qwer 123qweasd qazwsxedc q1w2e3r4 q1w2e3r4t5 a1b2c3d4 a123456789 aa123456
abcd1234 abc12345 abcdefgh abcdefg1 abcdef123 abc123456 1a2b3c4d iloveyou iloveyou1 iloveyou2 ilovegod lovelove
princess princess1 sunshine sunshine1 football football1 baseball baseball1 basketball superman superman1 spiderman
batman123 starwars starwars1 trustno1 whatever whatever1 welcome1 welcome123 welcome2 letmein1 letmein123 letmeinnow
monkey12 monkey123 dragon12 dragon123 shadow12 shadow123 master12 master123 michael1 michelle jennifer jennifer1
charlie1 jordan23 jessica1 ashley12 daniel12 andrew12 thomas12 computer computer1 internet internet1 samsung1
samsung123 corvette mercedes porsche1 ferrari1 mustang1 chelsea1 liverpool liverpool1 arsenal1 barcelona realmadrid
manchester maverick midnight november december september victoria alexander alexandra benjamin christopher elizabeth
nicholas patricia stephanie veronica hello123 hello1234 helloworld hellohello secret12 secret123 changeme changeme1
changeme123 default1 admin123 admin1234 administrator adminadmin rootroot root1234 test1234 test12345 testtest
testing1 testing123 temp1234 user1234 guest123 guest1234 login123 qwerty1! passpass pass1234 pass12345 mypassword
yourpassword newpassword nopassword thepassword parley123 parleychat chocolate chocolate1 cheese12 butterfly
butterfly1 snowball sweetheart blink182 babygirl babygirl1 bubbles1 buttercup hannah12 precious password2 password3
access14 freedom1 firebird blahblah blessing blessed1 cowboys1 dolphins einstein explorer fantasia flowers1 garfield
godzilla gangster hardcore isabella infinity jonathan kawasaki lovely12 marlboro metallic metallica nintendo
paradise patrick1 personal playboy1 pokemon1 pokemon123 precious1 rainbow1 redskins remember rockstar rush2112
scorpion security skywalker slipknot softball startrek steelers sterling swordfish titanic1 tinkerbell tottenham
undertaker warcraft warriors williams wolverine xxxxxxxx yankees1 letmein! secret1! winter2024 summer2024 winter2025
summer2025 winter2026 summer2026 spring2025 spring2026 autumn2025 autumn2026 correcthorsebatterystaple
`
    .trim()
    .split(/\s+/),
);

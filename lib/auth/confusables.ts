/**
 * Letters and digits that look like others: `sources=looks`, where each character of `sources` looks like `looks`.
 *
 * Facts of Unicode's confusables.txt (UTS 39, version 13.0), kept to Latin, Greek, Cyrillic, Coptic, Armenian, Cherokee
 * and Lisu, and to what survives NFKC. Added: the small letters of Cyrillic and Greek, and the small capitals, that
 * differ from a Latin letter in size only (к т м н в κ τ).
 */
const TABLE = `
ꞌ=' Ɓ='B Ɗ='D Ƥ='P Ƭ='T Ƴ='Y ꝚƧϨꙄ=2 ƻ=2̵ ꞫȜƷꝪⳌЗӠ=3 Ҙ=3̦ Ꮞ=4 Ƽ=5 ⳒбᏮ=6 ȣȢ=8 ꝮⳊ=9 ΑАᎪꓮ=A Ꜳ=AA ÆӔ=AE Ꜵ=AO Ꜷ=AU
ꜸꜺ=AV Ꜽ=AY ꞴΒВᏴꓐ=B ⲤСᏟꓚ=C Ƈ=C' Ҫ=C̦ Ꭰꓓ=D ĐÐƉ=D̵ ΕЕᎬꓰ=E Ɇ=E̸ ꞘϜꓝ=F Ƒ=F̦ ԌᏀᏳꓖ=G Ɠ=G' Ǥ=G̵ ΗⲎНᎻꓧ=H ӉӇ=H̦ ⱧҢ=H̩
Ħ=H̵ ꞲͿЈᎫꓙ=J Ɉ=J̵ ΚⲔКᏦꓗ=K Ƙ=K' ⱩҚ=K̩ ꝀҞ=K̵ ⳐᏞꓡ=L Ł=L̸ ΜϺⲘМᎷꓟ=M Ӎ=M̦ ΝⲚꓠ=N Ɲ=N̦ 0ΟⲞОՕꓳ=O Ꭴ=O' Œ=OE ꝎꚘ=OO
ƟꝊθΘӨѲᎾᏫ=O̵ Ø=O̸ ΡⲢРᏢꓑ=P ƦᎡᏒꓣ=R ЅՏᏕᏚꓢ=S ΤⲦТᎢꓔ=T Ꜩ=T3 Ʈ=T̨ Ҭ=T̩ Ŧ=T̵ Ⱦ=T̸ Սꓴ=U ɄᏌ=U̵ ѴᏙꓦ=V ԜᎳᏔꓪ=W ꞳΧⲬХꓫ=X
Ҳ=X̩ ΥⲨУҮᎩᎽꓬ=Y ɎҰ=Y̵ ΖᏃꓜ=Z Ȥ=Z̦ Ƶ=Z̵ ɑαа=a ꜳ=aa æӕ=ae ꜵ=ao ꜷ=au ꜹꜻ=av ꜽ=ay ƄЬᏏвᏼʙ=b Ы=bl ƃƂБ=b̄ ɓ=b̔
ƀҍҌѣѢ=b̵ ᴄⲥсꮯ=c ҫ=c̦ ȼ=c̸ ԁᏧꓒ=d ʣ=dz ʤ=dȝ ʥ=dʑ ƌ=d̄ ɗ=d̔ ɖ=d̨ đ=d̵ ꬲеҽ=e ҿ=ę ɇ=e̸ ꬵꞙẝք=f ʩ=fŋ ƒ=f̦ ᵮ=f̴
ɡᶃƍց=g ɠ=g̔ ǥ=g̵ һհᏂнꮋʜ=h ɦꚕᏲ=h̔ ӊӈ=h̦ ң=h̩ ħћ=h̵ ıɪɩιіꙇӏꭵᎥ=i ɨᵻᵼ=i̵ ϳј=j ɉ=j̵ ᴋκⲕкꮶĸ=k ƙ=k̔ қ=k̩ ҟ=k̵
1IƖǀΙⲒІӀꓲ=l Ю=lO ǁ=ll ʪ=ls ʫ=lz ɮ=lȝ ɭ=l̨ ɫ=l̴ Ɨƚ=l̵ ł=l̸ ոռ=n ɳ=n̨ ƞη=n̩ ᵰ=n̴ ᴏᴑꬽοσⲟоօ=o œ=oe ꝏꚙ=oo ꭴ=ơ
ɵꝋөѳꮎꮻ=o̵ øꬾ=o̸ ɶ=oᴇ ρⲣр=p ƥ=p̔ ᵽ=p̵ ԛգզ=q ʠ=q̔ ꭇꭈᴦⲅгꮁ=r ґ=r' mᴍмꮇʍ=rn ɱӎ=rn̦ ᵯ=rn̴ ɽ=r̨ ɼ=r̩ ᵲ=r̴ ɍғ=r̵
ꜱƽѕꮪ=s ʂ=s̨ ᵴ=s̴ τтꭲᴛ=t ꝷ=tf ʦ=ts ꜩ=tȝ ʨ=tɕ ʧ=tʃ ƭ=t̔ ҭ=t̩ ᵵ=t̴ ŧ=t̵ ꞟᴜꭎꭒʋυս=u ᵫ=ue ꭣ=uo ᵾꮜ=u̵ ᴠνѵꮩ=v
ɯᴡѡԝաꮃ=w ꝡ=w̦ ѽ=w҆҇ х=x ɣᶌʏỿꭚγуү=y ƴ=y̔ ɏұ=y̵ ᴢꮓ=z ȥ=z̦ ʐ=z̨ ᵶ=z̴ ƶ=z̵ Ϸ=Þ ꞵβᏰ=ß ƿϸ=þ ьꮟ=ƅ ы=ƅi ↃϽꓛ=Ɔ ꓱ=Ǝ
Ә=Ə ԐᏋ=Ɛ ᴤϩꙅ=ƨ Σ=Ʃ Ꮏ=ƫ əә=ǝ ᴔ=ǝo ꭂ=ǝo̵ ꭁ=ǝo̸ Ԋ=Ƕ ʒꝫⳍӡ=ȝ յ=ȷ ꭾ=ɂ ΛЛꓥ=Ʌ Ӆ=Ʌ̦ ᶐ=ɋ ↄᴐͻ=ɔ ꭢ=ɔe ꬿ=ɔ̸ ᴈз=ɜ ҙ=ɜ̦
ԍꮐᏻ=ɢ պ=ɰ φⲫф=ɸ ᵳ=ɾ̴ ꭱꮢ=ʀ ꭍ=ʃ ᵿ=ʊ̵ ᴧ=ʌ Ꙩ=ʘ ꞝ=ʚ ⳑꮮ=ʟ ꙼=̆ ⷪ=̊ ⷶ=ͣ ⷷ=ͤ ⷭ=ͨ ⷯ=ͯ ⲄГᎱ=Γ Ґ=Γ' Ғ=Γ̵ Ⲇ=Δ ⲠП=Π ⲪФՓ=Φ
ⲮѰ=Ψ Ⲗ=λ ᴨп=π ϛ=ς ꭓꭕⲭ=χ ѱ=ψ ꞷⲱꙍ=ω ⳤ=ϗ Ⳝ=Ϭ Җ=Ж̩ Ͷ=И Ҋ=Ѝ̦ Ⲽ=Ш Ꙑ=Ъl җ=ж̩ ᴫ=л ӆ=л̦ ⲽ=ш ꭠ=љ Ꮗ=Ѡ Ѽ=Ѡ҆҇ Ӌ=Ҷ ӌ=ҷ
Ҿ=Ҽ̨ ꓵ=Ո ꭺ=ᴀ ꭰ=ᴅ ꭼ=ᴇ ꭻ=ᴊ ͷи=ᴎ ҋ=ᴎ̦̆ ᴩꮲ=ᴘ я=ᴙ ⷨ=ᷟ δծ=ẟ ꙯=⃩ ꓞ=Ⅎ ꓯ=Ɐ ͰᎨᎰ=Ⱶ ꮀ=ⱶ Ʇ=ꓕ Ꞟ=ꓤ Ꞷ=Ꙍ ꞕ=ꜧ Ͽ=Ꜿ ͽ=ꜿ ꝺ=Ꝺ ⲈЄ=Ꞓ
ɛεⲉєԑꮛ=ꞓ
`;

/** What each confusable character looks like; one that is not a key looks like itself. */
export const LOOKS_LIKE: ReadonlyMap<string, string> = new Map(
  TABLE.trim()
    .split(/\s+/)
    .flatMap((entry) => {
      const [sources = "", looks = ""] = entry.split("=");
      return [...sources].map((source): [string, string] => [source, looks]);
    }),
);

"""The words of dates: months and weekdays in eight languages, and days that have a name."""

MONTHS = {
    word: month
    for month, words in enumerate(
        (
            "january jan januar jänner janvier enero ene gennaio janeiro januari января",
            "february feb februar februari février fevrier febrero febbraio fevereiro февраля",
            "march mar märz maerz mars marzo março marco maart марта",
            "april apr avril abril aprile апреля",
            "may mai mayo maggio maio mei мая",
            "june jun juni juin junio giugno junho июня",
            "july jul juli juillet julio luglio julho июля",
            "august aug août aout agosto augustus augusti августа",
            "september sep sept septembre septiembre settembre setembro сентября",
            "october oct oktober okt octobre octubre ottobre outubro октября",
            "november nov novembre noviembre novembro ноября",
            "december dec dezember dez décembre decembre diciembre dicembre dezembro декабря",
        ),
        1,
    )
    for word in words.split(" ")
}
"""The number of a month by its name or abbreviation, in small letters."""

LONG_MONTHS_WORDS = (
    "January February March April May June July August September October November December Januar Februar "
    "März Juni Juli Oktober Dezember janvier février avril juillet août septembre octobre novembre "
    "décembre"
)
LONG_MONTHS = LONG_MONTHS_WORDS.split()
"""Names of months that are taken for one without a day, written so; “may” and “march” need their capital."""

ORDINALS_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty- "
    "second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty- "
    "ninth thirtieth thirty-first"
)
ORDINALS = ORDINALS_WORDS.split()
"""The days of a month in words, the first first."""

WEEKDAYS = (
    "monday|mon|tuesday|tues?|wednesday|weds?|thursday|thurs?|thu|friday|fri|saturday|sat|sunday|sun|"
    "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|"
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    "lunes|martes|miércoles|jueves|viernes|sábado|domingo"
)
"""Names of weekdays, as alternatives of a pattern."""

DAYS_WITH_A_NAME = (
    r"(?:christmas|xmas)(?:[ ](?:eve|day|morning|week))?|boxing[ ]day|st\.?[ ]stephen['’]?s[ ]day|"
    r"new[ ]year['’]?s?[ ](?:eve|day)|hogmanay|epiphany|twelfth[ ]night|burns[ ]night|groundhog[ ]day|"
    r"(?:st\.?[ ])?valentine['’]?s?(?:[ ]day)?(?=[^\w]|\Z)|(?:st\.?[ ])?patrick['’]?s[ ]day|"
    r"st\.?[ ](?:george|david|andrew)['’]?s[ ]day|"
    r"mardi[ ]gras|shrove[ ]tuesday|pancake[ ]day|ash[ ]wednesday|palm[ ]sunday|maundy[ ]thursday|"
    r"good[ ]friday|"
    r"holy[ ]saturday|easter(?:[ ](?:sunday|monday|eve|saturday|weekend|week|day))?|whitsun(?:day)?|"
    r"whit[ ](?:sunday|monday)|pentecost|"
    r"ascension[ ]day|april[ ]fools?['’]?[ ]day|may[ ]day|(?:early[ ]may|spring|summer|"
    r"august)?[ ]?bank[ ]holiday(?:[ ]monday)?|"
    r"mother['’]?s[ ]day|mothering[ ]sunday|father['’]?s[ ]day|memorial[ ]day|juneteenth|(?:canada|"
    r"australia|anzac|waitangi)[ ]day|"
    r"independence[ ]day|(?:the[ ])?(?:4th|fourth)[ ]of[ ]july|bastille[ ]day|labou?r[ ]day|columbus[ ]day|"
    r"indigenous[ ]peoples['’]?[ ]day|(?:mlk|martin[ ]luther[ ]king)(?:[ ]jr\.?)?[ ]day|"
    r"presidents['’]?[ ]day|"
    r"hallowe['’]?en|all[ ](?:saints|souls)['’]?[ ]day|day[ ]of[ ]the[ ]dead|guy[ ]fawkes(?:[ ]night)?|"
    r"bonfire[ ]night|"
    r"remembrance[ ](?:day|sunday)|armistice[ ]day|veterans['’]?[ ]day|thanksgiving(?:[ ]day)?|"
    r"black[ ]friday|"
    r"chinese[ ]new[ ]year|lunar[ ]new[ ]year|nowruz|holi|diwali|deepavali|navratri|dussehra|vesak|"
    r"rosh[ ]hashanah?|yom[ ]kippur|sukkot|simchat[ ]torah|hanukkah|chanukah|purim|passover|pesach|shavuot|"
    r"ramadan|eid(?:[ ]al[- ](?:fitr|adha))?|ashura|mawlid|juhannus|midsummer(?:['’]s)?(?:[ ](?:eve|day))?|"
    r"heiligabend|weihnachten|ostern|silvester|noël|navidad|nochebuena|nochevieja|"
    r"(?:summer|winter)[ ]solstice|(?:spring|autumn|vernal)[ ]equinox|kwanzaa"
)
"""Days that have a name, as alternatives of a pattern."""

"""Writes own.txt: 1,020 lines of our own for segmentation, each put together of phrases by a fixed rule. Run: $PEERS_PYTHON test/golden/chinese/own_lines.py"""
import pathlib

places = "成都 乌鲁木齐 青岛港 布宜诺斯艾利斯 台北車站 昆山花桥 黑河口岸 雁栖湖 墨脱县 长三角 香港中環 呼和浩特市新城区".split()
people = "李小福 欧阳思铭 陳奕安 诸葛青云 王一二 张三丰 阿依古丽 司马相如 林予曦 达瓦次仁 卡尔洛斯 尉迟寒夜".split()
things = "云计算 火锅底料 量子退火机 无人驾驶环卫车 深度学习框架 老坛酸菜 机器翻译 区块链 韩玉赏鉴 折叠屏手机 新能源汽车 葱油拌面".split()
news = [
    "{place}昨日发布大风蓝色预警，渡轮停航{n}小时，{person}等{n}名旅客滞留码头。",
    "据{person}介绍，{place}的{thing}产量同比增长{n}.{n}%，创{n}年来新高",
    "{person}当选{place}商会会长 称将投入{n}亿元发展{thing}",
    "记者从{place}获悉：{thing}项目已于{y}年{m}月{d}日上午{m}时{d}分开工建设；",
    "{thing}降价潮来袭，{place}门店排起长队（组图）",
    "【快讯】{place}队以{m}比{d}战胜对手，{person}梅开二度！",
    "“{thing}”一词入选{y}年度十大流行语——{person}",
    "《{thing}的故事》在{place}首映,导演{person}现身",
]
reviews = [
    "酒店就在{place}旁边，房间有点小，不过早餐的{thing}真的好吃！！！",
    "买了{n}天就坏了，客服{person}态度极差，差评差评……",
    "物流很快，包装完好，{thing}用起来顺手，给老婆也买了一台~",
    "说实话，性价比一般般吧；{n}块钱能有什么好货呢？",
    "孩子特别喜欢这本书，一口气看完了,还想要{person}的签名",
    "隔音太差了!!!半夜{m}点还能听见隔壁唱歌，下次绝对不会再来",
    "好用好用好用，重要的事情说三遍 {emoji}{emoji}",
    "屏幕漏光、发热严重、电池不耐用，三星都嫌多",
]
mixed = [
    "用easy_install {latin}装了{thing}，版本v{m}.{d}.{n}，结果报错: TypeError",
    "{latin}的GPU显存是{n}GB，跑{thing}要{d}.{m}小时/epoch",
    "他在Python{m}.{d}里写了个{latin}插件，star数破{n}k",
    "C++和C#哪个好？AT&T的T恤、B超、IC卡、4S店，1号店",
    "详见https://example.com/{latin}/index.php?id={n}&lang=zh_CN#top 谢谢",
    "请发邮件到{latin}.li@example.org或致电010-{y}{y}转{n}",
    "{latin}-{n}型{thing}@{place} #话题# +{n}% -{d}.{n}% ~{m}k",
    "iPhone{m} Pro Max {n}G，用{latin}支付￥{n},{y}.{d}元起",
    "a.b.c...d %{n} 3.14abc {n}%{m}% .5 5. _x_ --{latin}-- &&{n}##",
    "WiFi密码：{latin}_{y}%{n}+{m}，连不上就重启5G路由器",
]
numbers = [
    "第{n}届第{m}次会议于{y}-{m:02d}-{d:02d} {m}:{d}召开",
    "共计{n},{y}.{d}元，折合１２３４５．６７美元，约占９８％",
    "二〇二六年十一月二十九日下午三点半，气温零下五度",
    "{n}/{d}={m}余{d}；{m}×{d}≠{n}；x²+y²=r²；∑∞√",
    "三分之一的人选A，百分之{n}的人选B，其余弃权",
    "电话１３８００１３８０００，邮编{y}{n}，身份证尾号X",
]
emojis = [
    "今天真开心{emoji}{emoji}和{person}去{place}吃{thing}🍲👨‍👩‍👧一家人整整齐齐",
    "{emoji}救命❤️太好笑了哈哈哈哈哈哈哈{emoji}2333333",
    "awsl！！yyds～{person}冲鸭(๑•̀ㅂ•́)و✧",
    "👍🏽{n}/10 推荐给{place}的朋友们:-) ^_^ orz",
]
traditional = [
    "{place}的圖書館週一閉館，請{person}先生改期再來借閱",
    "臺灣的機器學習與軟體工程師們正在研發{thing}",
    "颱風過後，鐵路局宣佈環島列車恢復行駛，共{n}班",
    "他說：「這個問題很複雜，我們後天再討論吧。」",
    "電腦裏的檔案遺失瞭，憂鬱的烏龜慢慢爬過臺階",
]
rare = [
    "𠀀𠮷野家的{thing}，𪚥𪚥龘龘靐齉齾，生僻字犇羴鱻麤测试",
    "乂爻彡丷亍，{person}识得几个？㐂㗂䶮䲜",
    "かな混じりの{place}カタカナと한국어도 섞인 ประโยค и русский текст",
    "邨犨猇嵎魃魈魁鬾魑魅魍魉，〇與﨎﨏，㈠㊣№℃",
    "ＡＢＣ全角字母和ａｂｃ以及１２３，中\u3000间有\u3000全角空格",
    "tab\there \xa0nbsp\u2003em　end  two  spaces \x0b\x1c 中\x85文\ufeff零宽\u200b",
    "乒乒乓乓叮叮咚咚，{person}噼里啪啦打了一通算盘",
    "。。。！！！？？？，，，——……、；：“”‘’（）《》【】",
]
short = ["好", "，", "a", "5", "%", "😀", "𠀀", "龘", "好用", "不", ".", "--", " ", "的的的的的的", "南京市长江大桥", "结婚的和尚未结婚的", "AaBb中文1.2.3", "研究生命起源"]
groups = [news, reviews, mixed, numbers, emojis, traditional, rare]
latins = "numpy textloom Foo_bar GPT-4 x86_64 Node.js K8s t-SNE BERT iOS".split()
faces = "😀 😂 🎉 🚢 🥟 🇨🇳 ☔ 💩 ❤️ 👍🏽".split()

state = 20261129


def below(limit):
    """A linear congruential generator, so that the lines are the same everywhere."""
    global state
    state = (state * 1103515245 + 12345) % 2**31
    return (state >> 8) % limit


def line(number):
    if number < len(short):
        return short[number]
    group = groups[number % len(groups)]
    text = ""
    for _ in range(1 + below(2)):
        text += group[below(len(group))].format(
            place=places[below(len(places))], person=people[below(len(people))], thing=things[below(len(things))], latin=latins[below(len(latins))],
            emoji=faces[below(len(faces))], n=below(1000), m=1 + below(12), d=1 + below(28), y=1900 + below(200),
        )
    return text


lines, number = {}, 0
while len(lines) < 1020:
    lines.setdefault(line(number), None)
    number += 1
pathlib.Path(__file__).with_name("own.txt").write_bytes("\n".join(lines).encode())

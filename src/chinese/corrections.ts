// Readings of words that pinyin-pro does not know, or reads otherwise than the dictionary 现代汉语词典; found where it and pypinyin differ, and checked by hand.

const rows = `
秘书长 mì shū zhǎng | 委员长 wěi yuán zhǎng | 审计长 shěn jì zhǎng | 理事长 lǐ shì zhǎng | 教务长 jiào wù zhǎng | 局长 jú zhǎng
所长 suǒ zhǎng | 船长 chuán zhǎng | 处长 chù zhǎng | 车长 chē zhǎng | 馆长 guǎn zhǎng | 旅长 lǚ zhǎng | 舰长 jiàn zhǎng | 署长 shǔ zhǎng
艇长 tǐng zhǎng | 台长 tái zhǎng | 财长 cái zhǎng | 乡长 xiāng zhǎng | 尊长 zūn zhǎng | 长女 zhǎng nǚ | 长成 zhǎng chéng
长满 zhǎng mǎn | 灵长类 líng zhǎng lèi
心脏 xīn zàng | 肝脏 gān zàng | 内脏 nèi zàng | 脏腑 zàng fǔ | 肾脏 shèn zàng | 脾脏 pí zàng | 脏器 zàng qì | 五脏 wǔ zàng
种植 zhòng zhí | 种田 zhòng tián | 只得 zhǐ dé | 只不过 zhǐ bù guò | 只求 zhǐ qiú | 只限 zhǐ xiàn | 只读 zhǐ dú | 肚子 dù zi
率先 shuài xiān | 重组 chóng zǔ | 重重叠叠 chóng chóng dié dié
剥夺 bō duó | 剥落 bō luò | 剥蚀 bō shí | 剥离 bō lí | 盘剥 pán bō
反倒 fǎn dào | 倒退 dào tuì | 倒计时 dào jì shí | 倒立 dào lì | 倒影 dào yǐng | 倒映 dào yìng | 倒置 dào zhì | 倒挂 dào guà | 倒流 dào liú
倒灌 dào guàn | 倒悬 dào xuán | 倒转 dào zhuǎn | 倒水 dào shuǐ | 倒入 dào rù | 倒掉 dào diào | 倒刺 dào cì | 倒行逆施 dào xíng nì shī
化为 huà wéi | 转为 zhuǎn wéi | 互为 hù wéi | 性行为 xìng xíng wéi | 扭亏为盈 niǔ kuī wéi yíng | 化敌为友 huà dí wéi yǒu
呕吐 ǒu tù | 吐血 tù xuè | 仅供参考 jǐn gōng cān kǎo | 供货 gōng huò | 供热 gōng rè | 供大于求 gōng dà yú qiú | 供养 gōng yǎng
理应 lǐ yīng | 应予 yīng yǔ | 应收 yīng shōu | 应交 yīng jiāo
计量 jì liàng | 向量 xiàng liàng | 用量 yòng liàng | 微量 wēi liàng | 存量 cún liàng | 常量 cháng liàng | 量级 liàng jí | 量化 liàng huà
成交量 chéng jiāo liàng | 需求量 xū qiú liàng | 吞吐量 tūn tǔ liàng | 信息量 xìn xī liàng | 销售量 xiāo shòu liàng | 含金量 hán jīn liàng
交易量 jiāo yì liàng | 工程量 gōng chéng liàng | 供应量 gōng yìng liàng | 消费量 xiāo fèi liàng | 消耗量 xiāo hào liàng
出口量 chū kǒu liàng | 使用量 shǐ yòng liàng | 需要量 xū yào liàng
弹头 dàn tóu | 弹匣 dàn xiá | 火箭弹 huǒ jiàn dàn | 穿甲弹 chuān jiǎ dàn | 载体 zài tǐ | 舰载 jiàn zài | 机载 jī zài | 载入 zài rù
载人 zài rén | 载有 zài yǒu
分行 fēn háng | 央行 yāng háng | 交行 jiāo háng | 招行 zhāo háng | 排行 pái háng | 拍卖行 pāi mài háng | 改行 gǎi háng | 转行 zhuǎn háng
车行 chē háng | 旅行家 lǚ xíng jiā | 替天行道 tì tiān xíng dào | 各行其是 gè xíng qí shì | 单行 dān xíng | 五行 wǔ xíng
北斗 běi dǒu | 漏斗 lòu dǒu | 斗拱 dǒu gǒng | 烟斗 yān dǒu | 斗笠 dǒu lì | 斗胆 dǒu dǎn | 筋斗 jīn dǒu | 星斗 xīng dǒu | 斗室 dǒu shì
阿斗 ā dǒu
古都 gǔ dū | 京都 jīng dū | 陪都 péi dū | 都察院 dū chá yuàn | 都统 dū tǒng | 都尉 dū wèi | 江都 jiāng dū | 元大都 yuán dà dū
大都会 dà dū huì
大城市 dà chéng shì | 解放思想 jiě fàng sī xiǎng | 开发型 kāi fā xíng | 内分泌 nèi fēn mì
喧嚣 xuān xiāo | 嚣张 xiāo zhāng | 叫嚣 jiào xiāo | 挨打 ái dǎ | 挨骂 ái mà | 挨饿 ái è | 南水北调 nán shuǐ běi diào | 调拨 diào bō
调入 diào rù | 调出 diào chū | 基调 jī diào | 调性 diào xìng
教书 jiāo shū | 教给 jiāo gěi | 还给 huán gěi | 还贷 huán dài | 还钱 huán qián | 还书 huán shū | 混蛋 hùn dàn | 干细胞 gàn xì bāo
肯干 kěn gàn | 干群 gàn qún | 脑干 nǎo gàn | 商贾 shāng gǔ | 左传 zuǒ zhuàn | 水浒传 shuǐ hǔ zhuàn | 处以 chǔ yǐ
舍弃 shě qì | 舍生忘死 shě shēng wàng sǐ | 老舍 lǎo shě | 今朝 jīn zhāo | 卷入 juǎn rù | 卷进 juǎn jìn | 卷土重来 juǎn tǔ chóng lái
有空 yǒu kòng | 抽空 chōu kòng | 着装 zhuó zhuāng | 假日 jià rì | 粘贴 zhān tiē | 粘连 zhān lián
金发 jīn fà | 黑发 hēi fà | 秀发 xiù fà | 理发 lǐ fà | 乱发 luàn fà | 披头散发 pī tóu sàn fà | 钻井 zuān jǐng | 钻入 zuān rù
受难 shòu nàn | 死难 sǐ nàn | 劫难 jié nàn | 国难 guó nàn | 海难 hǎi nàn | 遭难 zāo nàn | 非难 fēi nàn | 急难 jí nàn
曲面 qū miàn | 曲率 qū lǜ | 弯弯曲曲 wān wān qū qū | 曲棍球 qū gùn qiú | 双曲 shuāng qū | 蜷曲 quán qū | 曲阳 qū yáng | 曲靖 qū jìng
河曲 hé qū | 舟曲 zhōu qū | 那曲 nà qū
淡薄 dàn bó | 封禅 fēng shàn | 禅让 shàn ràng | 屏住 bǐng zhù | 揣摩 chuǎi mó | 揣测 chuǎi cè | 辗转 zhǎn zhuǎn | 磅礴 páng bó
佣金 yòng jīn | 懒觉 lǎn jiào | 林荫 lín yīn | 雪茄 xuě jiā | 差分 chā fēn | 差值 chā zhí | 的哥 dī gē | 湖泊 hú pō | 罗布泊 luó bù pō
般若 bō rě | 阿胶 ē jiāo | 伽马 gā mǎ | 切菜 qiē cài | 相片 xiàng piàn | 甚么 shén me | 瞭解 liǎo jiě
少林 shào lín | 黄陂 huáng pí | 监利 jiàn lì | 康有为 kāng yǒu wéi | 范蠡 fàn lǐ | 喀什 kā shí | 济宁 jǐ níng | 台州 tāi zhōu
歙县 shè xiàn | 虎跑 hǔ páo | 镜泊湖 jìng pō hú
`;

/** Words and their readings, a syllable for each character. */
export const corrections: ReadonlyMap<string, readonly string[]> = new Map(
	rows
		.trim()
		.split(/\n| \| /)
		.map((row): [string, string[]] => {
			const [word, ...syllables] = row.split(' ');
			return [word!, syllables];
		}),
);

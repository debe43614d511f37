// Words and sentences of characters that have several readings, with the readings of a dictionary (现代汉语词典), checked by hand. 一 and 不 have the tones of GB/T 16159.

/** A word and its reading a line. */
export const words = `
银行 yín háng
行走 xíng zǒu
行业 háng yè
一行字 yī háng zì
步行 bù xíng
重庆 chóng qìng
重要 zhòng yào
重复 chóng fù
重量 zhòng liàng
重新 chóng xīn
音乐 yīn yuè
快乐 kuài lè
乐器 yuè qì
长大 zhǎng dà
长江 cháng jiāng
校长 xiào zhǎng
长度 cháng dù
生长 shēng zhǎng
还是 hái shì
还钱 huán qián
心脏 xīn zàng
局长 jú zhǎng
分行 fēn háng
种田 zhòng tián
北斗 běi dǒu
理发 lǐ fà
大城市 dà chéng shì
解放思想 jiě fàng sī xiǎng
倒计时 dào jì shí
向量 xiàng liàng
古都 gǔ dū
归还 guī huán
了解 liǎo jiě
了不起 liǎo bù qǐ
为了 wèi le
因为 yīn wèi
认为 rèn wéi
成为 chéng wéi
首都 shǒu dū
都市 dū shì
得到 dé dào
觉得 jué de
睡觉 shuì jiào
感觉 gǎn jué
地方 dì fāng
土地 tǔ dì
目的 mù dì
的确 dí què
便宜 pián yi
方便 fāng biàn
随便 suí biàn
着急 zháo jí
着陆 zhuó lù
参加 cān jiā
人参 rén shēn
参差 cēn cī
出差 chū chāi
差别 chā bié
差不多 chà bù duō
会计 kuài jì
会议 huì yì
朝代 cháo dài
传说 chuán shuō
传记 zhuàn jì
自传 zì zhuàn
弹琴 tán qín
子弹 zǐ dàn
导弹 dǎo dàn
调查 diào chá
调整 tiáo zhěng
空调 kōng tiáo
强调 qiáng diào
中间 zhōng jiān
间断 jiàn duàn
中奖 zhòng jiǎng
看中 kàn zhòng
种类 zhǒng lèi
种植 zhòng zhí
处理 chǔ lǐ
到处 dào chù
好处 hǎo chù
爱好 ài hào
好奇 hào qí
分数 fēn shù
数学 shù xué
数不清 shǔ bù qīng
降低 jiàng dī
投降 tóu xiáng
角色 jué sè
角度 jiǎo dù
教书 jiāo shū
教育 jiào yù
结果 jié guǒ
结实 jiē shi
尽管 jǐn guǎn
尽力 jìn lì
禁止 jìn zhǐ
不禁 bù jīn
看守 kān shǒu
看见 kàn jiàn
空气 kōng qì
空白 kòng bái
落后 luò hòu
落枕 lào zhěn
丢三落四 diū sān là sì
难过 nán guò
灾难 zāi nàn
宁静 níng jìng
宁可 nìng kě
曲折 qū zhé
歌曲 gē qǔ
散步 sàn bù
散文 sǎn wén
似乎 sì hū
似的 shì de
提防 dī fáng
提高 tí gāo
吐痰 tǔ tán
呕吐 ǒu tù
相信 xiāng xìn
相片 xiàng piàn
血液 xuè yè
应该 yīng gāi
应用 yìng yòng
载重 zài zhòng
记载 jì zǎi
正月 zhēng yuè
正确 zhèng què
只有 zhǐ yǒu
一只 yī zhī
转身 zhuǎn shēn
转动 zhuàn dòng
作坊 zuō fang
供给 gōng jǐ
给予 jǐ yǔ
不给 bù gěi
模样 mú yàng
模型 mó xíng
薄荷 bò he
薄弱 bó ruò
暴露 bào lù
露馅 lòu xiàn
背包 bēi bāo
背景 bèi jǐng
奔跑 bēn pǎo
投奔 tóu bèn
扁舟 piān zhōu
藏书 cáng shū
西藏 xī zàng
单位 dān wèi
发现 fā xiàn
头发 tóu fa
干净 gān jìng
干部 gàn bù
骨头 gǔ tou
冠军 guàn jūn
皇冠 huáng guān
划船 huá chuán
计划 jì huà
混乱 hùn luàn
夹克 jiā kè
卡车 kǎ chē
关卡 guān qiǎ
可恶 kě wù
恶心 ě xīn
善恶 shàn è
勒索 lè suǒ
量词 liàng cí
测量 cè liáng
埋怨 mán yuàn
埋葬 mái zàng
没有 méi yǒu
沉没 chén mò
蒙古 měng gǔ
胖子 pàng zi
切实 qiè shí
切菜 qiē cài
亲家 qìng jia
绿色 lǜ sè
女儿 nǚ ér
旅行 lǚ xíng
省略 shěng lüè
反省 fǎn xǐng
石头 shí tou
厦门 xià mén
大厦 dà shà
乐山 lè shān
六安 lù ān
台州 tāi zhōu
蚌埠 bèng bù
长春 cháng chūn
东莞 dōng guǎn
`;

/** A sentence and its reading a line. */
export const sentences = `
我在银行工作。 wǒ zài yín háng gōng zuò 。
他们在街上行走。 tā men zài jiē shàng xíng zǒu 。
重庆是一个重要的城市。 chóng qìng shì yī gè zhòng yào de chéng shì 。
校长觉得长江很长。 xiào zhǎng jué de cháng jiāng hěn cháng 。
会计在会议上睡觉。 kuài jì zài huì yì shàng shuì jiào 。
我了解他的音乐。 wǒ liǎo jiě tā de yīn yuè 。
我們在銀行工作，覺得音樂很重要。 wǒ men zài yín háng gōng zuò ， jué de yīn yuè hěn zhòng yào 。
`;

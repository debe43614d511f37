// What `clean` leaves alone by default: all that is no markup.
import { cleanText } from 'textloom';
import { describe, expect, it } from 'vitest';

describe('what is no markup stays', () => {
	it.each([
		'Fixed in #100; see notes',
		'see #39; and quot; and amp; there',
		'C:\\temp\\new and \\\\server\\share\\n',
		'regex \\d+\\.\\d* and \\$5, LaTeX \\frac{a}{b}',
		'a < b and c > d, a<b && c==d && e>f, 1<2>0',
		'p<q and r>s, i <b = c> d, x <!y and z> w',
		'if (i<n && j>m) { k <<= 2; l >>= 1; m = i<j ? i : j; }',
		'std::vector<std::string> names; map<string, int> m; vector<int> v;',
		'#include <vector> and #include <stdio.h>',
		'List<Object> a = new ArrayList<>(); Promise<void> f(); Vec<Option<u8>>; Array<string>[]',
		'git commit <file> and cp <from> <to>, /usr/share/<name>/x, <sigh>',
		'C++, C#, F#, .NET, node.js, a_b, @user, #topic, #话题#, R&D, AT&T; &c. &nosuch;',
		'$HOME/.config/app ~/x ../y "quoted" `code` **bold** _it_ [link](http://x.org/a_(b)?c=d&e=f#g)',
		'https://example.org/?lt=1&gt=2&amp=3&copy=4 me@x.org',
		'👨‍👩‍👧 🇩🇪 1️⃣ ❤️ 👍🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿 :-) <3 >_< \\o/ ¯\\_(ツ)_/¯',
		'1,000.50 −5 % 3×4 ½ ² ™ … “x” ‘y’ — ·',
		'हिन्दी العربية עברית ไทย 한국어 漢字かな ｆｕｌｌ',
		'{"a": [1, 2], "b": null} | x; y',
	])('%s', (text) => {
		expect(cleanText(text, { lowercase: false })).toBe(text.normalize('NFC'));
		expect(cleanText(text)).toBe(text.normalize('NFC').toLowerCase());
	});

	it('what is markup goes: known names, attributes, what is closed', () => {
		expect(cleanText('<note id=1>x</note> <doc>a</doc> <b>c</b><sig/>d <td nowrap>e<BR>f <my-app>g</my-app> <o:p></o:p>h')).toBe(
			'x a c d e f g h',
		);
		expect(cleanText('<title>One</title> <title> two')).toBe('one two');
		expect(cleanText('a <title> two')).toBe('a <title> two');
	});
});

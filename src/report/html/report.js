'use strict';
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const words = read('words');
  const data = read('data');
  // They follow this script and may take a while; the rest is drawn before.
  let entries = null;
  const root = document.documentElement;
  const main = document.getElementById('report');
  const STEP = 100;
  const PAGES = 30;
  const FILTERS = ['locale', 'severity', 'cause', 'remedy', 'rule', 'page', 'q'];
  const REMEDIES = ['byTool', 'byPeople'];
  const SEVERITIES = ['note', 'warning', 'error'];
  const CAUSES = ['translation', 'drift', 'age', 'page'];
  const NOT_UNDERSTOOD = ['unrecognized-table', 'malformed-table', 'invalid-json', 'malformed-http', 'unreadable-file'];

  // The address holds all state: what is filtered, the language, the theme.
  const state = new URLSearchParams(location.hash.slice(1));
  const preferred = [state.get('lang'), ...(navigator.languages || [])].map((tag) => (tag || '').slice(0, 2));
  const language = () => preferred.find((tag) => Object.hasOwn(words, tag)) || 'en';
  const t = (key, ...values) =>
    (words[language()][key] ?? key).replace(/\{(\d)\}/g, (_, at) => String(values[at] ?? ''));
  const number = (value) => value.toLocaleString(language());
  const share = (part, whole) =>
    (Math.floor((part / whole) * 1000) / 1000).toLocaleString(language(), { style: 'percent', maximumFractionDigits: 1 });

  // Elements are made of text nodes only: nothing that a page says is ever parsed.
  const el = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === 'on') for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
      else if (value === true) element.setAttribute(name, '');
      else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
    return element;
  };

  const localeName = (at) => (at < 0 ? t('unknown') : data.locales[at]);
  // What people call it: `Swedish (Sweden)`.
  const languageName = (at) => {
    if (at < 0) return null;
    const tag = data.locales[at];
    const name = new Intl.DisplayNames([language()], { type: 'language', fallback: 'none' }).of(tag);
    return name === tag ? null : name;
  };
  const localeKey = (at) => (at < 0 ? '-' : data.locales[at]);
  const localesSeen = [...new Set(data.files.map((file) => file[2]))].sort((a, b) => a - b);
  const ruleName = (at) => data.rules[at].name;
  const hash = (changes) => {
    const next = new URLSearchParams(state);
    for (const name of FILTERS) next.delete(name);
    for (const [name, value] of Object.entries(changes)) next.set(name, value);
    return '#' + next.toString();
  };
  const link = (changes, label, ...children) =>
    el('a', { href: hash(changes), 'data-go': true, 'aria-label': label || null }, ...children);

  // Health.

  const damageOf = (health) => health.damage.reduce(([hurt, all], [, damaged, cells]) => [hurt + damaged, all + cells], [0, 0]);
  const trendOf = (locale, kind) => {
    if (!data.trend) return null;
    const changes = data.trend.damaged.filter(([at, name]) => at === locale && (!kind || name === kind));
    const change = changes.reduce((sum, [, , more]) => sum + more, 0);
    const [sign, key] = change < 0 ? ['▼', 'better'] : change > 0 ? ['▲', 'worse'] : ['=', 'same'];
    const text = t(key, number(Math.abs(change)));
    return el('span', { class: 'trend ' + key, title: text, 'aria-label': text }, change === 0 ? sign : sign + number(Math.abs(change)));
  };
  const bar = (damaged, cells) => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const set = (node, attributes) => Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    set(svg, { class: 'bar', viewBox: '0 0 100 6', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
    const good = (100 * (cells - damaged)) / cells;
    for (const [x, width, name] of [[0, good, 'good'], [good, 100 - good, 'bad']]) {
      const part = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
      set(part, { x, y: 0, width, height: 6, class: name });
      svg.append(part);
    }
    return svg;
  };
  const kindCell = (one, kind) => {
    const found = one.damage.find(([name]) => name === kind);
    if (!found) return el('td', { class: 'quiet' }, '–');
    const [, damaged, cells] = found;
    return el('td', { title: t('damagedOf', number(damaged), number(cells)) }, share(cells - damaged, cells), ' ', trendOf(one.locale, kind));
  };
  const ratio = (one) => { const [hurt, all] = damageOf(one); return all ? hurt / all : -1; };
  const weight = ([errors, warnings, notes]) => 3 * errors + warnings + 0.2 * notes;
  const worstFirst = () => [...data.health].sort((a, b) => ratio(b) - ratio(a) || weight(b.counts) - weight(a.counts));
  const healthRow = (one) => {
    const name = localeName(one.locale);
    const [hurt, all] = damageOf(one);
    const isSource = data.reference !== null && name === data.reference;
    const [errors, warnings, notes] = one.counts;
    const count = (value, filter) => el('td', {}, value
      ? link({ locale: localeKey(one.locale), ...filter }, null, number(value)) : el('span', { class: 'quiet' }, '0'));
    return el('tr', {},
      el('th', { scope: 'row' }, link({ locale: localeKey(one.locale) }, null, name),
        isSource ? el('span', { class: 'tag' }, t('reference')) : null,
        el('span', { class: 'quiet block' }, languageName(one.locale) || '')),
      el('td', { class: 'score' }, all ? [el('strong', {}, share(all - hurt, all)), ' ', trendOf(one.locale, null), bar(hurt, all)] : el('span', { class: 'quiet' }, '–')),
      count(errors, { severity: 'error' }), count(warnings, { severity: 'warning' }),
      count(one.fixable, { remedy: 'byTool' }), count(errors + warnings + notes - one.fixable, { remedy: 'byPeople' }),
      ['names', 'types', 'methods', 'paths', 'values'].map((kind) => kindCell(one, kind)),
      el('td', {}, number(one.pages)));
  };
  const health = () => section('health', t('scoreHint'),
    data.held_back ? el('p', { class: 'notice' }, t('heldBack', number(data.held_back))) : null,
    wide('health', el('table', { class: 'grid locales' },
      el('thead', {}, el('tr', {}, ['locale', 'score', 'errorsShort', 'warningsShort', 'fixShort', 'leftShort', 'names', 'types', 'methods', 'paths', 'values', 'pagesShort']
        .map((key) => el('th', { scope: 'col' }, t(key))))),
      el('tbody', {}, worstFirst().map(healthRow)))));

  // What there is, and what to do first.

  const first = () => {
    const left = (cause) => data.remaining.filter(([name]) => name === cause).sort((a, b) => b[2] - a[2]);
    const steps = [['doAge', 'age'], ['doTranslation', 'translation'], ['doDrift', 'drift'], ['doPage', 'page']].map(([key, cause]) => {
      const places = left(cause);
      const count = places.reduce((sum, [, , more]) => sum + more, 0);
      return { count, step: count && el('li', {}, link({ cause, remedy: 'byPeople' }, null, t(key, number(count))),
        localesSeen.length > 1 ? el('span', { class: 'quiet' }, ' ' + t('most', places.slice(0, 3).map(([, at, more]) => localeName(at) + ' ' + number(more)).join(', '))) : null) };
    }).filter((one) => one.count).sort((a, b) => b.count - a.count);
    const figure = (value, key, filter) => el('div', { class: 'figure' }, el('p', { class: 'big' }, value && filter ? link(filter, null, number(value)) : number(value)), el('p', { class: 'quiet' }, t(key)));
    return section('first', null,
      el('div', { class: 'figures' }, figure(data.counts[0], 'inAll', {}), figure(data.fixable, 'byFix', { remedy: 'byTool' }),
        figure(data.counts[0] - data.fixable, 'byPeople', { remedy: 'byPeople' })),
      data.trend ? el('p', { class: 'quiet' }, t('since', number(data.trend.new), number(data.trend.gone))) : null,
      data.counts[0] ? el('ol', { class: 'steps' },
        data.fixable ? el('li', {}, link({ remedy: 'byTool' }, null, t('doFix', number(data.fixable)))) : null,
        steps.map((one) => one.step)) : el('p', {}, t('nothing')));
  };

  // Heat map.

  const level = (errors, warnings, notes) => {
    const weight = 3 * errors + warnings + 0.2 * notes;
    return weight === 0 ? 0 : weight < 2 ? 1 : weight < 6 ? 2 : weight < 18 ? 3 : weight < 50 ? 4 : 5;
  };
  const wide = (key, table) => el('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': t(key) }, table);
  const heat = () => {
    const rows = new Map();
    for (const [page, locale, errors, warnings, notes] of data.heat) {
      const row = rows.get(page) || rows.set(page, { page, weight: 0, cells: new Map() }).get(page);
      row.weight += 3 * errors + warnings + 0.2 * notes;
      row.cells.set(locale, [errors, warnings, notes]);
    }
    const sorted = [...rows.values()].sort((a, b) => b.weight - a.weight || a.page - b.page);
    const here = new Set(data.files.map((file) => file[1] + ' ' + file[2]));
    const body = el('tbody', {});
    const fill = (count) => body.replaceChildren(...sorted.slice(0, count).map((row) => {
      const name = data.identities[row.page];
      return el('tr', {}, el('th', { scope: 'row' }, link({ page: name }, null, name)), localesSeen.map((locale) => {
        const counts = row.cells.get(locale);
        if (!counts) return el('td', { class: here.has(row.page + ' ' + locale) ? 'heat heat-0' : 'heat none' }, here.has(row.page + ' ' + locale) ? '·' : '');
        // What is read out begins with what is seen.
        const total = number(counts[0] + counts[1] + counts[2]);
        const label = total + ': ' + t('cell', name, localeName(locale), ...counts.map(number));
        return el('td', { class: 'heat heat-' + level(...counts) },
          link({ page: name, locale: localeKey(locale) }, label, total));
      }));
    }));
    fill(PAGES);
    let open = false;
    const more = el('button', { type: 'button', on: { click: () => {
      open = !open;
      fill(open ? sorted.length : PAGES);
      more.textContent = open ? t('showFewer') : t('showAll', number(sorted.length));
    } } }, t('showAll', number(sorted.length)));
    if (!sorted.length) return null;
    return section('heat', t('heatHint'),
      wide('heat', el('table', { class: 'grid' },
        el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, t('page')), localesSeen.map((at) => el('th', { scope: 'col' }, localeName(at))))),
        body)),
      el('p', { class: 'legend quiet', 'aria-hidden': 'true' }, t('legend'), ' ', [1, 2, 3, 4, 5].map((at) => el('span', { class: 'swatch heat-' + at })), ' ', t('legendMany'),
        el('span', { class: 'swatch none' }), t('notThere')),
      sorted.length > PAGES ? more : null);
  };

  // Kinds of damage, hurt identifiers.

  const kinds = () => {
    const rows = new Map();
    for (const [rule, locale, count] of data.kinds) {
      const row = rows.get(rule) || rows.set(rule, { rule, total: 0, cells: new Map() }).get(rule);
      row.total += count;
      row.cells.set(locale, count);
    }
    if (!rows.size) return null;
    const sorted = [...rows.values()].sort((a, b) => b.total - a.total || a.rule - b.rule);
    return section('kinds', null, wide('kinds', el('table', { class: 'grid' },
      el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, t('rule')), localesSeen.map((at) => el('th', { scope: 'col' }, localeName(at))), el('th', { scope: 'col' }, t('total')))),
      el('tbody', {}, sorted.map((row) => el('tr', {},
        el('th', { scope: 'row' }, link({ rule: ruleName(row.rule) }, null, ruleName(row.rule)), el('span', { class: 'quiet block' }, data.rules[row.rule].summary)),
        localesSeen.map((at) => el('td', {}, row.cells.has(at)
          ? link({ rule: ruleName(row.rule), locale: localeKey(at) }, number(row.cells.get(at)) + ': ' + ruleName(row.rule) + ', ' + localeName(at), number(row.cells.get(at))) : '')),
        el('td', {}, number(row.total))))))));
  };
  const names = () => data.names.length === 0 ? null : section('hurt', null,
    wide('hurt', el('table', {},
      el('thead', {}, el('tr', {}, ['identifier', 'times', 'became'].map((key) => el('th', { scope: 'col' }, t(key))))),
      el('tbody', {}, data.names.map((name) => el('tr', {},
        el('th', { scope: 'row' }, link({ q: name.name }, null, el('code', {}, name.name))),
        el('td', {}, number(name.count)),
        el('td', {}, el('ul', { class: 'inline' }, name.became.map(([locale, form, count]) =>
          el('li', {}, el('span', { class: 'tag' }, localeName(locale)), ' ', el('code', { dir: 'auto' }, form), count > 1 ? ' ×' + number(count) : '')))))))))
    , data.more_names ? el('p', { class: 'quiet' }, t('more', number(data.more_names))) : null);

  // Drift, coverage.

  const drift = () => {
    const all = entries.filter((finding) => finding.c === 'drift');
    const first = [...all].sort((a, b) => b.s - a.s).slice(0, 10);
    return section('drift', t('driftHint'),
      all.length ? el('ul', { class: 'list' }, first.map((finding) => el('li', {}, row(finding)))) : el('p', {}, t('noDrift')),
      all.length > first.length ? el('p', {}, link({ cause: 'drift' }, null, t('showDrift', number(all.length)))) : null);
  };
  const coverage = () => {
    const fired = NOT_UNDERSTOOD.filter((name) => data.rules.some((rule) => rule.name === name));
    const cell = (part, whole) => el('td', {}, whole ? share(part, whole) + ' (' + number(part) + '/' + number(whole) + ')' : '–');
    return section('coverage', t('coverageHint'),
      wide('coverage', el('table', {}, el('thead', {}, el('tr', {}, ['locale', 'tables', 'examples'].map((key) => el('th', { scope: 'col' }, t(key))))),
        el('tbody', {}, data.health.map((one) => el('tr', {}, el('th', { scope: 'row' }, localeName(one.locale)),
          cell(one.coverage[1], one.coverage[0]), cell(one.coverage[3], one.coverage[2])))))),
      fired.length ? el('p', {}, t('notUnderstood'), ': ', fired.map((name) => [link({ rule: name }, null, name), ' '])) : null);
  };

  // Findings.

  const place = (finding) => data.files[finding.at[0]][0] + ':' + finding.at[1] + ':' + finding.at[2];
  // A link to the line where sources are kept, if the user said where.
  const source = (path, line, shown) => {
    const code = el('code', { class: 'path' }, shown);
    if (!data.source_url) return code;
    const address = data.source_url.replaceAll('{path}', path.split('/').map(encodeURIComponent).join('/')).replaceAll('{line}', String(line));
    return el('a', { href: address, rel: 'noreferrer' }, code);
  };
  const badge = (finding) => el('span', { class: 'badge ' + SEVERITIES[finding.s] }, t(SEVERITIES[finding.s]));
  const quote = (parts) => el('pre', { dir: 'auto' }, parts[0], el('mark', {}, parts[1] || '\u2038'), parts[2]);
  const copy = (text) => {
    const button = el('button', { type: 'button', on: { click: () => {
      const done = () => { button.textContent = t('copied'); };
      const byHand = () => {
        const area = el('textarea', { class: 'away', 'aria-hidden': 'true' });
        area.value = text;
        document.body.append(area);
        area.select();
        if (document.execCommand('copy')) done();
        area.remove();
      };
      if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, byHand);
      else byHand();
    } } }, t('copy'));
    return button;
  };
  const side = (path, line, column, message, parts) => [
    el('p', { class: 'quiet' }, message ? message + ' ' : '', source(path, line, path + ':' + line + ':' + column)), quote(parts)];
  const edit = ([old, now]) => {
    if (!old) return el('li', {}, t('insert'), ' ', el('ins', { dir: 'auto' }, now));
    if (!now) return el('li', {}, t('delete'), ' ', el('del', { dir: 'auto' }, old));
    return el('li', {}, t('replace'), ' ', el('del', { dir: 'auto' }, old), ' ', t('with'), ' ', el('ins', { dir: 'auto' }, now));
  };
  const difference = (text) => el('pre', { class: 'diff' }, text.split('\n').filter((line, at, all) => line || at < all.length - 1).map((line) =>
    el('span', { class: line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : line.startsWith('@') ? 'hunk' : '' }, line + '\n')));
  const body = (finding) => el('div', { class: 'body' },
    el('p', {}, source(data.files[finding.at[0]][0], finding.at[1], place(finding)), ' ', copy(place(finding))),
    quote(finding.q),
    finding.e !== undefined ? el('p', {}, t('expected') + ': ', el('code', { dir: 'auto' }, finding.e)) : null,
    (finding.o || []).length ? el('h3', {}, t('other')) : null,
    (finding.o || []).map((other) => side(...other)),
    finding.n ? el('p', { class: 'quiet' }, t('more', number(finding.n))) : null,
    finding.d ? [el('h3', {}, t('example')), difference(finding.d)] : null,
    finding.f ? [el('h3', {}, t('fix') + ' (' + t(finding.f[0] ? 'safe' : 'unsafe') + ')'), el('ul', { class: 'list' }, finding.f[1].map(edit))] : null,
    finding.h ? el('p', { class: 'help' }, finding.h) : null,
    el('p', { class: 'quiet' }, el('strong', {}, ruleName(finding.r)), ': ' + data.rules[finding.r].summary));
  const row = (finding) => {
    const details = el('details', {}, el('summary', {},
      badge(finding), ' ', el('span', { class: 'message', dir: 'auto' }, finding.m), ' ',
      el('span', { class: 'about' }, el('span', { class: 'where' }, place(finding)), ' ', el('span', { class: 'tag' }, ruleName(finding.r)))));
    // Most are never opened.
    details.addEventListener('toggle', () => { if (details.open && details.childElementCount === 1) details.append(body(finding)); });
    return details;
  };

  let haystacks = null;
  const haystack = (at) => {
    haystacks ||= entries.map((finding) => [place(finding), ruleName(finding.r), finding.m, finding.u[1], finding.e || '', finding.q.join('')].join('\n').toLowerCase());
    return haystacks[at];
  };
  const matches = () => {
    const [locale, severity, cause, remedy, rule, page, query] = FILTERS.map((name) => state.get(name));
    const wanted = (query || '').trim().toLowerCase();
    const found = [];
    for (let at = 0; at < entries.length; at += 1) {
      const finding = entries[at];
      const file = data.files[finding.at[0]];
      if (locale && localeKey(file[2]) !== locale) continue;
      if (severity && SEVERITIES[finding.s] !== severity) continue;
      if (cause && finding.c !== cause) continue;
      if (remedy && remedy !== (finding.f && finding.f[0] ? 'byTool' : 'byPeople')) continue;
      if (rule && ruleName(finding.r) !== rule) continue;
      if (page && data.identities[file[1]] !== page) continue;
      if (wanted && !haystack(at).includes(wanted)) continue;
      found.push(finding);
    }
    return found;
  };

  let redraw = () => {};
  const findings = () => {
    const list = el('ol', { class: 'list findings' });
    const status = el('p', { role: 'status', class: 'status' });
    const more = el('button', { type: 'button' });
    const choose = (name, values, shown) => {
      const select = el('select', { id: 'filter-' + name, on: { change: () => change(name, select.value) } },
        el('option', { value: '' }, t('all')), values.map((value) => el('option', { value }, shown ? shown(value) : value)));
      return el('label', {}, el('span', {}, t(name)), select);
    };
    let waiting = 0;
    const search = el('input', { type: 'search', id: 'filter-q', autocomplete: 'off', spellcheck: 'false', on: { input: () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => change('q', search.value), 120);
    } } });
    const pages = [...new Set(entries.map((finding) => data.files[finding.at[0]][1]))].sort((a, b) => a - b).map((at) => data.identities[at]);
    const form = el('form', { role: 'search', class: 'filters', 'aria-label': t('findings'), on: { submit: (event) => event.preventDefault() } },
      el('label', { class: 'wide' }, el('span', {}, t('search')), search),
      choose('locale', localesSeen.map(localeKey), (key) => (key === '-' ? t('unknown') : key)),
      choose('severity', [...SEVERITIES].reverse(), t), choose('cause', CAUSES, t), choose('remedy', REMEDIES, t),
      choose('rule', data.rules.map((rule) => rule.name)), choose('page', pages),
      el('button', { type: 'button', on: { click: () => reset() } }, t('reset')));
    const change = (name, value) => {
      if (value) state.set(name, value); else state.delete(name);
      show();
    };
    const reset = () => {
      FILTERS.forEach((name) => state.delete(name));
      show();
    };
    const show = () => {
      history.replaceState(null, '', '#' + state.toString());
      redraw();
    };
    redraw = () => {
      for (const name of FILTERS) {
        const field = form.querySelector('#filter-' + name);
        if (field.value !== (state.get(name) || '')) field.value = state.get(name) || '';
      }
      const found = matches();
      let shown = 0;
      const extend = () => {
        const next = found.slice(shown, shown + STEP);
        shown += next.length;
        list.append(...next.map((finding) => el('li', {}, row(finding))));
        more.hidden = shown >= found.length;
        more.textContent = t('next', number(Math.min(STEP, found.length - shown)));
      };
      list.replaceChildren();
      more.onclick = extend;
      extend();
      status.textContent = found.length ? t('shown', number(found.length), number(data.counts[0])) : t(data.counts[0] ? 'noMatch' : 'nothing');
    };
    return section('findings', null,
      data.folded ? el('p', { class: 'notice' }, t('folded', number(data.folded))) : null, form, status, list, more);
  };

  // The page.

  const section = (key, hint, ...children) => el('section', { id: key, 'aria-labelledby': key + '-title' },
    el('h2', { id: key + '-title', tabindex: '-1' }, t(key)), hint ? el('p', { class: 'quiet' }, hint) : null, ...children);
  const settings = () => {
    const pick = (name, values, current, shown) => {
      const select = el('select', { id: 'set-' + name, on: { change: () => {
        state.set(name === 'language' ? 'lang' : name, select.value);
        location.hash = '#' + state.toString();
      } } }, values.map((value) => el('option', { value, selected: value === current }, shown(value))));
      return el('label', {}, el('span', {}, t(name)), select);
    };
    return el('div', { class: 'settings' },
      pick('language', Object.keys(words), language(), (key) => words[key]['']),
      pick('theme', ['auto', 'light', 'dark'], state.get('theme') || 'auto', t),
      el('button', { type: 'button', on: { click: () => window.print() } }, t('print')));
  };
  const header = () => el('header', {},
    el('div', {}, el('h1', {}, t('title')),
      el('p', {}, [
        t('pages', number(data.pages)), t('locales', number(data.locales.length)), data.reference ? t('against', data.reference) : null,
        t('errors', number(data.counts[1])), t('warnings', number(data.counts[2])), t('notes', number(data.counts[3])),
      ].filter(Boolean).join(' · ')),
      data.note ? el('p', {}, data.note) : null),
    settings());
  const contents = (drawn) => el('nav', { class: 'contents', 'aria-label': t('contents') }, drawn.map((one) =>
    el('a', { href: '#' + state.toString(), on: { click: (event) => {
      event.preventDefault();
      document.getElementById(one).scrollIntoView();
      document.getElementById(one + '-title').focus({ preventScroll: true });
    } } }, t(one))));

  const appearance = () => [state.get('lang'), state.get('theme')].join();
  let drawn = '';
  const draw = () => {
    drawn = appearance();
    preferred[0] = (state.get('lang') || '').slice(0, 2);
    root.lang = language();
    const theme = state.get('theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme; else delete root.dataset.theme;
    document.title = t('title') + ' – docdrift';
    document.querySelector('.skip').textContent = t('skip');
    const parts = [first(), health(), heat(), kinds(), names()].filter(Boolean);
    main.replaceChildren(header(), contents([...parts.map((part) => part.id), 'drift', 'coverage', 'findings']), ...parts);
    if (entries) drawFindings();
  };
  const drawFindings = () => {
    main.append(drift(), coverage(), findings(), el('footer', {}, t('made', data.tool)));
    redraw();
  };
  const toFindings = () => {
    if (!entries) return;
    document.getElementById('findings').scrollIntoView();
    document.getElementById('findings-title').focus({ preventScroll: true });
  };

  window.addEventListener('hashchange', () => {
    for (const name of [...state.keys()]) state.delete(name);
    new URLSearchParams(location.hash.slice(1)).forEach((value, name) => state.set(name, value));
    if (appearance() !== drawn) draw(); else redraw();
  });
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element && event.target.closest('a[data-go], .skip');
    if (!target || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    // The address is for filters.
    if (target.className === 'skip') event.preventDefault();
    // The filter of a link may be set already; its findings are wanted all the same.
    setTimeout(toFindings, 0);
  });
  draw();
  document.addEventListener('DOMContentLoaded', () => {
    entries = read('entries');
    drawFindings();
    if (FILTERS.some((name) => state.get(name))) toFindings();
  });
})();

{
  const search = document.querySelector('.index-search input');
  const said = document.querySelector('.index-search output');
  const plain = (text) => text.normalize('NFKC').toLowerCase();
  const rows = [...document.querySelectorAll('.index-group li')].map((row) => [row, plain(row.textContent)]);
  search.addEventListener('input', () => {
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const [row, text] of rows) {
      row.hidden = !words.every((word) => text.includes(word));
      found += !row.hidden;
    }
    for (const group of document.querySelectorAll('.index-group')) {
      group.hidden = !group.querySelector('li:not([hidden])');
    }
    said.textContent = words.length ? said.dataset.found.replace('0', found) : '';
  });
}

/** A form with nested fields, and what a parser of extended forms makes of it. */

export const FORM_TEXT = [
  'customer[name]=Ada+Lovelace',
  'customer[email]=ada%40example.com',
  'address[street]=12+St.+James%27s+Square',
  'address[city]=London',
  'tags[]=new',
  'tags[]=gift',
  'items[0][id]=7',
  'items[0][count]=2',
  'items[1][id]=9',
  'items[1][count]=1',
  'note=Leave+it+at+the+door',
].join('&')

export const FORM_VALUE = {
  customer: { name: 'Ada Lovelace', email: 'ada@example.com' },
  address: { street: "12 St. James's Square", city: 'London' },
  tags: ['new', 'gift'],
  items: [
    { id: '7', count: '2' },
    { id: '9', count: '1' },
  ],
  note: 'Leave it at the door',
}

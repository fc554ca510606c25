/** A lot of the sample county, with its price, what was performed before, and its budget. */
export interface SampleLot {
  readonly key: string;
  readonly title: string;
  readonly department: string;
  readonly account: string;
  readonly costCentre: string;
  readonly pages: number;
  readonly metres: number;
  readonly estimate: string;
  readonly maximum: string;
  readonly price: string;
  /** Performed before scanlot was used: date, pages, net. */
  readonly opening?: readonly [string, number, string];
  readonly budget: readonly [year2020: string, year2021: string, carryOver: string];
}

/** Figures of a real size: 13 million pages, EUR 1,165,000 gross in four years, budgets of 420,000 and 260,000. */
export const lots: readonly SampleLot[] = [
  {
    key: 'L1',
    title: 'Akten des Ordnungsamts',
    department: 'Ordnungsamt',
    account: '12210.527100',
    costCentre: '3210',
    pages: 2_200_000,
    metres: 380,
    estimate: '170200.00',
    maximum: '180000.00',
    price: '0.0650',
    opening: ['2020-05-29', 600_000, '39000.00'],
    budget: ['90000.00', '40000.00', '0.00'],
  },
  {
    key: 'L2',
    title: 'Akten des Gesundheitsamts',
    department: 'Gesundheitsamt',
    account: '41410.527100',
    costCentre: '5310',
    pages: 1_800_000,
    metres: 310,
    estimate: '139200.00',
    maximum: '150000.00',
    price: '0.0650',
    opening: ['2020-11-27', 900_000, '58500.00'],
    budget: ['80000.00', '40000.00', '0.00'],
  },
  {
    key: 'L3',
    title: 'Leistungsakten des Sozialamts',
    department: 'Sozialamt',
    account: '31110.527100',
    costCentre: '5010',
    pages: 4_900_000,
    metres: 790,
    estimate: '314900.00',
    maximum: '330000.00',
    price: '0.0540',
    opening: ['2020-10-30', 2_200_000, '118800.00'],
    budget: ['170000.00', '70000.00', '0.00'],
  },
  {
    key: 'L4',
    title: 'Personalakten',
    department: 'Personalamt',
    account: '11120.527100',
    costCentre: '1110',
    pages: 1_100_000,
    metres: 160,
    estimate: '52400.00',
    maximum: '55000.00',
    price: '0.0400',
    opening: ['2021-02-26', 300_000, '12000.00'],
    budget: ['20000.00', '20000.00', '0.00'],
  },
  {
    key: 'L5',
    title: 'Ausländerakten',
    department: 'Ausländerbehörde',
    account: '12220.527100',
    costCentre: '3220',
    pages: 3_000_000,
    metres: 330,
    estimate: '416000.00',
    maximum: '450000.00',
    price: '0.1150',
    opening: ['2020-12-15', 250_000, '28750.00'],
    budget: ['60000.00', '90000.00', '20000.00'],
  },
];

import { useMantineTheme } from '@mantine/core';
import { Area, AreaChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { type Currency, formatAmount, isoDate } from '../../shared/format.ts';
import type { SavingsTransaction } from './api/account.ts';

interface BalanceChartProps {
  readonly transactions: readonly SavingsTransaction[];
  readonly currency: Currency;
}

/** The balance at the end of each day with a movement; drawn as steps, for between movements it does not change. */
export function BalanceChart({ transactions, currency }: BalanceChartProps) {
  const theme = useMantineTheme();
  const points = endOfDayBalances(transactions);
  if (points.length < 2) return null;
  const color = theme.colors.cyan[6];
  return (
    <ResponsiveContainer width="100%" height={240}>
      <AreaChart data={points} margin={{ top: 8, right: 8, bottom: 0, left: 8 }}>
        <CartesianGrid strokeDasharray="3 3" strokeOpacity={0.4} vertical={false} />
        <XAxis
          dataKey="time"
          type="number"
          scale="time"
          domain={['dataMin', 'dataMax']}
          tickFormatter={dayOf}
          tick={{ fontSize: 12 }}
          minTickGap={40}
        />
        <YAxis tick={{ fontSize: 12 }} width={72} tickFormatter={(value: number) => value.toLocaleString()} />
        <Tooltip
          labelFormatter={(time) => dayOf(Number(time))}
          formatter={(value) => formatAmount(String(value), currency)}
        />
        <Area
          type="stepAfter"
          dataKey="balance"
          name="Balance"
          stroke={color!}
          fill={color!}
          fillOpacity={0.15}
          isAnimationActive={false}
        />
      </AreaChart>
    </ResponsiveContainer>
  );
}

/** A picture's points may be floats: nothing is computed with them. */
function endOfDayBalances(transactions: readonly SavingsTransaction[]): { time: number; balance: number }[] {
  const byDay = new Map<string, number>();
  const inOrder = transactions
    .filter(({ reversed }) => !reversed)
    .toSorted((a, b) => isoDate(a.date).localeCompare(isoDate(b.date)) || a.id - b.id);
  for (const { date, runningBalance } of inOrder) byDay.set(isoDate(date), Number(runningBalance));
  return [...byDay].map(([date, balance]) => ({ time: Date.parse(date), balance }));
}

/** ISO days are read as UTC and printed as UTC: no zone moves them. */
function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

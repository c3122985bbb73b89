using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Chain.Tests.Ledger;

public sealed class LogSearchTests
{
    // Complaint 27: filters are ignored.
    [Fact]
    public void FindLogs_OfAnyQuery_FindsWhatAScanFinds()
    {
        using TestChain chain = new("Osaka", change: TestLogger.Deploy);
        Random random = new(7);
        ulong nonce = 0;
        for (int i = 0; i < 60; i++)
        {
            int count = random.Next(4);
            chain.Commit([.. Enumerable.Range(0, count).Select(_ =>
                TestLogger.Call(nonce++, random.Next(4), random.Next(3), random.Next(3)))]);
        }

        int found = 0;
        for (int i = 0; i < 400; i++)
        {
            LogQuery query = AnyQuery(random);
            List<(ulong, int)> expected = Scan(chain.Ledger, query);
            Assert.Equal(expected, Search(chain.Ledger, query, 1 + random.Next(5), out _));
            found += expected.Count;
        }

        Assert.True(found > 1_000);
    }

    // Complaint 29: work by the rarest constraint.
    [Fact]
    public void FindLogs_OfARareTopic_WorksAsMuchAsTheTopicIsRare()
    {
        using TestChain chain = new("Osaka", change: TestLogger.Deploy);
        for (ulong i = 0; i < 300; i++)
        {
            chain.Commit(TestLogger.Call(i, 0, 1, i % 100 == 50 ? 9 : 2));
        }

        LogQuery query = new()
        {
            From = 0,
            To = 300,
            Addresses = [TestLogger.AddressOf(0)],
            Topics = [[TestLogger.Topic(1)], [TestLogger.Topic(9)]],
        };

        Assert.Equal(3, Search(chain.Ledger, query, 100, out long steps).Count);
        Assert.InRange(steps, 3, 40);
    }

    [Fact]
    public void FindLogs_AfterBlocksAreGivenUp_FindsThemNoMore()
    {
        using TestChain chain = new("Osaka", change: TestLogger.Deploy);
        chain.Commit(TestLogger.Call(0, 0, 1, 1));
        LedgerMark mark = chain.Ledger.Mark();
        chain.Commit(TestLogger.Call(1, 0, 1, 1));
        LogQuery query = new() { From = 0, To = 9, Addresses = [TestLogger.AddressOf(0)] };
        Assert.Equal(2, Search(chain.Ledger, query, 9, out _).Count);

        Assert.True(chain.Ledger.Revert(mark));

        Assert.Equal([(1ul, 0)], Search(chain.Ledger, query, 9, out _));
    }

    private static LogQuery AnyQuery(Random random)
    {
        ulong from = (ulong)random.Next(62);
        return new LogQuery
        {
            From = from,
            To = from + (ulong)random.Next(62),
            Addresses = [.. Enumerable.Range(0, random.Next(3)).Select(_ => TestLogger.AddressOf(random.Next(5)))],
            Topics =
            [
                .. Enumerable.Range(0, random.Next(4)).Select(_ => (IReadOnlyList<Hash256>)
                    [.. Enumerable.Range(0, random.Next(3)).Select(_ => TestLogger.Topic(random.Next(4)))]),
            ],
        };
    }

    private static List<(ulong Number, int Position)> Search(
        Chain.Ledger.Ledger ledger, LogQuery query, int blocksAtOnce, out long steps)
    {
        List<(ulong, int)> found = [];
        LogSearch search = ledger.FindLogs(query);
        while (!search.IsFinished)
        {
            foreach (LogMatch match in search.Read(blocksAtOnce, 50))
            {
                found.AddRange(match.Positions.Select(position => (match.Block.Number, position)));
            }
        }

        steps = search.Steps;
        return found;
    }

    private static List<(ulong Number, int Position)> Scan(Chain.Ledger.Ledger ledger, LogQuery query)
    {
        List<(ulong, int)> found = [];
        for (ulong number = query.From; number <= query.To && ledger.TryGet(number, out LedgerBlock? block); number++)
        {
            int position = 0;
            foreach (Log log in block.Receipts.SelectMany(static receipt => receipt.Logs))
            {
                bool matches = query.Addresses.Count == 0 || query.Addresses.Contains(log.Address);
                for (int i = 0; i < query.Topics.Count; i++)
                {
                    matches &= query.Topics[i].Count == 0
                        || (i < log.Topics.Count && query.Topics[i].Contains(log.Topics[i]));
                }

                if (matches)
                {
                    found.Add((number, position));
                }

                position++;
            }
        }

        return found;
    }
}

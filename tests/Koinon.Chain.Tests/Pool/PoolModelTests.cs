using FsCheck;
using FsCheck.Fluent;
using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Consensus;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Chain.Tests.Pool;

/// <summary>Random sequences of what can happen to a pool, beside a model that is a plain list.</summary>
public class PoolModelTests
{
    private const int TransactionsMax = 12;
    private const int OfSenderMax = 6;

    private static readonly Address To = Address.FromWord(0xbeef);
    private static readonly TestAccount[] Senders = [TestChain.Alice, TestChain.Bob];

    /// <summary>One step: what, whose, which nonce, which fee.</summary>
    private sealed record Step(int Kind, int Sender, int Nonce, int Fee);

    [Fact]
    public void Pool_AfterAnySteps_HoldsWhatTheModelHolds()
    {
        Gen<Step> step =
            from kind in Gen.Choose(0, 9)
            from sender in Gen.Choose(0, 1)
            from nonce in Gen.Choose(0, 7)
            from fee in Gen.Choose(8, 24)
            select new Step(kind, sender, nonce, fee);
        Arbitrary<Step[]> steps = step.ArrayOf().Resize(60).ToArbitrary();
        Prop.ForAll(steps, taken =>
        {
            using Run run = new();
            foreach (Step one in taken)
            {
                run.Take(one);
            }
        }).QuickCheckThrowOnFailure();
    }

    private sealed class Run : IDisposable
    {
        private readonly TestChain _chain = new("Osaka", new DevelopmentSealing());
        private readonly TransactionPool _pool;
        private readonly HashSet<Hash256> _announced = [];
        private readonly ulong[] _nonces = new ulong[Senders.Length];
        private readonly Stack<(LedgerMark Ledger, PoolMark Pool, List<Transaction> Model, ulong[] Nonces)> _marks = [];
        private List<Transaction> _model = [];

        public Run()
        {
            _pool = new TransactionPool(
                _chain.Ledger,
                new PoolOptions { TransactionsMax = TransactionsMax, TransactionsOfSenderMax = OfSenderMax });
            _pool.Subscribe(change =>
            {
                Hash256 hash = change.Pooled.Transaction.Hash;
                if (change.IsDeparture)
                {
                    Assert.True(_announced.Remove(hash));
                }
                else
                {
                    Assert.Equal(change.Kind != PoolChangeKind.Promoted, _announced.Add(hash));
                }
            });
        }

        public void Dispose()
        {
            _pool.Dispose();
            _chain.Dispose();
        }

        public void Take(Step step)
        {
            TestAccount sender = Senders[step.Sender];
            switch (step.Kind)
            {
                case <= 5:
                    Add(step.Sender, sender.Pay(To, (ulong)step.Nonce, (ulong)step.Fee));
                    break;
                case 6 when _model.Count > 0:
                    Transaction victim = _model[step.Nonce % _model.Count];
                    Assert.True(_pool.Remove(victim.Hash));
                    _model.Remove(victim);
                    break;
                case 7:
                    Mine(step.Fee);
                    break;
                case 8:
                    _marks.Push((_chain.Ledger.Mark(), _pool.Mark(), [.. _model], [.. _nonces]));
                    break;
                case 9 when _marks.TryPop(out var mark):
                    Assert.True(_chain.Ledger.Revert(mark.Ledger));
                    _pool.Restore(mark.Pool);
                    _model = mark.Model;
                    mark.Nonces.CopyTo(_nonces, 0);
                    break;
                default:
                    break;
            }

            Compare();
        }

        private void Add(int sender, Transaction transaction)
        {
            PoolError expected = Expect(sender, transaction, out Transaction? leaves);
            PoolResult result = _pool.Add(transaction);
            Assert.Equal(expected, result.Error);
            if (result.IsTaken)
            {
                _model.Remove(leaves!);
                _model.Add(transaction);
            }
        }

        private PoolError Expect(int sender, Transaction transaction, out Transaction? leaves)
        {
            leaves = _model.Find(other => Sender(other) == sender && other.Nonce == transaction.Nonce);
            if (_model.Exists(other => other.Hash == transaction.Hash))
            {
                return PoolError.AlreadyKnown;
            }

            if (transaction.Nonce < _nonces[sender])
            {
                return PoolError.TransactionInvalid;
            }

            if (leaves is not null)
            {
                return transaction.MaxFeePerGas * 100u >= leaves.MaxFeePerGas * 110u
                    ? PoolError.None
                    : PoolError.ReplacementUnderpriced;
            }

            if (_model.Count(other => Sender(other) == sender) >= OfSenderMax)
            {
                return PoolError.SenderFull;
            }

            return _model.Count < TransactionsMax ? PoolError.None : Evict(sender, transaction, out leaves);
        }

        private PoolError Evict(int sender, Transaction transaction, out Transaction? leaves)
        {
            bool isReady = transaction.Nonce <= RowEnd(sender);
            leaves = null;
            foreach (IGrouping<int, Transaction> queue in _model.GroupBy(Sender))
            {
                Transaction last = queue.MaxBy(other => other.Nonce)!;
                bool makesNoGap = queue.Key != sender || last.Nonce > transaction.Nonce;
                if (makesNoGap && (leaves is null || LeavesBefore(last, leaves)))
                {
                    leaves = last;
                }
            }

            bool wins = IsReady(leaves!) == isReady ? transaction.MaxFeePerGas > leaves!.MaxFeePerGas : isReady;
            leaves = wins ? leaves : null;
            return wins ? PoolError.None : isReady ? PoolError.Underpriced : PoolError.PoolFull;
        }

        private bool LeavesBefore(Transaction one, Transaction other) =>
            IsReady(one) != IsReady(other) ? !IsReady(one)
            : one.MaxFeePerGas != other.MaxFeePerGas ? one.MaxFeePerGas < other.MaxFeePerGas
            : _model.IndexOf(one) > _model.IndexOf(other);

        private bool IsReady(Transaction transaction) => transaction.Nonce < RowEnd(Sender(transaction));

        private void Mine(int baseFee)
        {
            IReadOnlyList<PooledTransaction> ready = _pool.Ready(_chain.Ledger.Head.State!, (ulong)baseFee);
            for (int i = 1; i < ready.Count; i++)
            {
                Assert.True(ready[i].Transaction.MaxFeePerGas >= (ulong)baseFee);
            }

            Transaction[] block = [.. ready.Select(pooled => pooled.Transaction)];
            Assert.True(_chain.Ledger.TryCommit(_chain.Build(_chain.Ledger.Head, 1, block)));
            foreach (Transaction transaction in block)
            {
                int sender = Sender(transaction);
                Assert.Equal(_nonces[sender], transaction.Nonce);
                _nonces[sender]++;
                Assert.True(_model.Remove(transaction));
            }
        }

        private void Compare()
        {
            Assert.Equal(
                _model.Select(transaction => transaction.Hash).Order(), _announced.Order());
            Assert.Equal(
                _model.Select(transaction => transaction.Hash).Order(),
                _pool.Snapshot().Select(pooled => pooled.Transaction.Hash).Order());
            int ready = 0;
            for (int sender = 0; sender < Senders.Length; sender++)
            {
                ulong end = RowEnd(sender);
                Assert.Equal(end, _pool.NextNonceOf(Senders[sender].Address));
                PoolContent content = _pool.ContentOf(Senders[sender].Address);
                Assert.Equal((int)(end - _nonces[sender]), content.Pending.Count);
                Assert.All(content.Queued, pooled => Assert.True(pooled.Transaction.Nonce > end));
                ready += content.Pending.Count;
            }

            Assert.Equal(ready, _pool.ReadyCount);
        }

        private ulong RowEnd(int sender)
        {
            ulong end = _nonces[sender];
            while (_model.Exists(other => Sender(other) == sender && other.Nonce == end))
            {
                end++;
            }

            return end;
        }

        private static int Sender(Transaction transaction)
        {
            Assert.True(transaction.TryGetSender(out Address address));
            return Array.FindIndex(Senders, sender => sender.Address == address);
        }
    }
}

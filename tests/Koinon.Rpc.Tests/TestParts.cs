using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;

namespace Koinon.Rpc.Tests;

/// <summary>The parts of a chain that mines nothing: what is sent waits in the pool.</summary>
internal static class TestParts
{
    /// <summary>Puts them together.</summary>
    public static RpcParts Over(Ledger ledger, TransactionPool pool)
    {
        BlockLookup blocks = new(ledger);
        return new RpcParts
        {
            Ledger = ledger,
            Pool = pool,
            Wallet = new NoWallet(),
            Entry = new PoolEntry(pool),
            Blocks = blocks,
            Calls = new CallRunner(blocks),
            Fees = new FeeOracle(ledger),
            ClientVersion = "koinon/test",
        };
    }

    private sealed class NoWallet : IWallet
    {
        public IReadOnlyList<Address> Addresses => [];

        public bool TrySign(Transaction transaction, in Address sender, out Transaction signed)
        {
            signed = transaction;
            return false;
        }
    }

    private sealed class PoolEntry(TransactionPool pool) : ITransactionEntry
    {
        public ValueTask<RpcError?> SubmitAsync(Transaction transaction, CancellationToken cancellation)
        {
            PoolResult result = pool.Add(transaction);
            return new(result.Error == PoolError.None ? null : TransactionTexts.ErrorOf(result));
        }

        public ValueTask<IDisposable> TakeTurnAsync(Address sender, CancellationToken cancellation) =>
            new(new CancellationTokenSource());
    }
}

using Koinon.Chain.Ledger;
using Koinon.Chain.Pool;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Eth;

/// <summary>
/// <c>eth_getTransactionBySenderAndNonce</c>: the transaction that an account sent with a nonce, of the chain or of the
/// pool; null where there is none.
/// </summary>
/// <param name="blocks">Finds blocks.</param>
/// <param name="pool">What waits for a block.</param>
/// <remarks>
/// The block is found by halving: an account's nonce only grows, so that the first state above the nonce is the block's
/// own. Work is the logarithm of the chain's length, as long as states are kept.
/// </remarks>
public sealed class EthGetTransactionBySenderAndNonce(BlockLookup blocks, TransactionPool pool)
    : RpcQuery<(Address Sender, ulong Nonce), TransactionJson?>
{
    /// <inheritdoc/>
    public override string Name => "eth_getTransactionBySenderAndNonce";

    /// <inheritdoc/>
    protected override (Address Sender, ulong Nonce) Read(ref ParameterReader reader) =>
        (reader.Address(), reader.UInt64());

    /// <inheritdoc/>
    protected override RpcResult<TransactionJson?> Answer((Address Sender, ulong Nonce) parameters)
    {
        if (pool.TryGet(parameters.Sender, parameters.Nonce, out PooledTransaction? waiting))
        {
            return TransactionJson.Of(waiting.Transaction, null);
        }

        LedgerBlock head = blocks.Ledger.Head;
        if (NonceAfter(head, parameters.Sender) is not { } last || last <= parameters.Nonce)
        {
            return new RpcResult<TransactionJson?>(null);
        }

        ulong low = Math.Max(blocks.Ledger.GenesisBlock.Number, blocks.Ledger.OldestStateKept);
        ulong high = head.Number;
        while (low < high)
        {
            ulong middle = low + ((high - low) / 2);
            bool isSent = blocks.Ledger.TryGet(middle, out LedgerBlock? block)
                && NonceAfter(block, parameters.Sender) > parameters.Nonce;
            (low, high) = isSent ? (low, middle) : (middle + 1, high);
        }

        return Find(low, parameters.Sender, parameters.Nonce);
    }

    private static ulong? NonceAfter(LedgerBlock block, in Address sender) =>
        block.State is not { } state ? null
        : state.ReadAccount(sender, out Account account) == ReadStatus.Found ? account.Nonce
        : 0;

    private TransactionJson? Find(ulong number, in Address sender, ulong nonce)
    {
        if (!blocks.Ledger.TryGet(number, out LedgerBlock? block))
        {
            return null;
        }

        IReadOnlyList<Transaction> transactions = block.Block.Transactions;
        for (int index = 0; index < transactions.Count; index++)
        {
            Transaction transaction = transactions[index];
            if (transaction.Nonce == nonce && transaction.TryGetSender(out Address from) && from == sender)
            {
                return TransactionJson.Of(transaction, new BlockPosition(block.Sealed, index));
            }
        }

        return null;
    }
}

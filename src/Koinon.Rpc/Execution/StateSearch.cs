using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Execution;

/// <summary>Finds the block in which something became true of an account, by halving the range of states.</summary>
/// <remarks>Work is the logarithm of the chain's length, as long as states are kept.</remarks>
/// <param name="ledger">The chain.</param>
/// <param name="states">Reads its states.</param>
internal sealed class StateSearch(Ledger ledger, StateReader states)
{
    /// <summary>Finds the transaction that an account sent with a nonce, which only grows.</summary>
    /// <param name="sender">The account.</param>
    /// <param name="nonce">The nonce.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <returns>The transaction; null where none was sent.</returns>
    public async ValueTask<RpcResult<LedgerTransaction?>> FindTransactionAsync(
        Address sender, ulong nonce, CancellationToken cancellation)
    {
        RpcResult<LedgerBlock?> block = await FindAsync(
            sender, account => account is { } found && found.Nonce > nonce, cancellation).ConfigureAwait(false);
        if (block.Error is not null)
        {
            return block.Error;
        }

        IReadOnlyList<Transaction> transactions = block.Value?.Block.Transactions ?? [];
        for (int index = 0; index < transactions.Count; index++)
        {
            Transaction transaction = transactions[index];
            if (transaction.Nonce == nonce && transaction.TryGetSender(out Address from) && from == sender)
            {
                return (LedgerTransaction?)new LedgerTransaction(block.Value!, index);
            }
        }

        return (LedgerTransaction?)null;
    }

    /// <summary>Finds the first block after which something is true that stays true.</summary>
    /// <param name="address">Whose account is asked about.</param>
    /// <param name="isTrue">What is asked; an account that is not there is null.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <returns>The block; null where it is not true at the head, or was true of the first block.</returns>
    public async ValueTask<RpcResult<LedgerBlock?>> FindAsync(
        Address address, Func<Account?, bool> isTrue, CancellationToken cancellation)
    {
        ulong low = Math.Max(ledger.OldestStateKept, ledger.GenesisBlock.Number);
        ulong high = ledger.Head.Number;
        RpcResult<bool> atHead = await AskAsync(high, address, isTrue, cancellation).ConfigureAwait(false);
        RpcResult<bool> atFirst = await AskAsync(low, address, isTrue, cancellation).ConfigureAwait(false);
        if ((atHead.Error ?? atFirst.Error) is { } error)
        {
            return error;
        }

        if (!atHead.Value || atFirst.Value)
        {
            return low > ledger.GenesisBlock.Number && atHead.Value
                ? RpcError.Server($"missing state: that of blocks before {low} is no longer kept")
                : new RpcResult<LedgerBlock?>(null);
        }

        while (high - low > 1)
        {
            ulong middle = low + ((high - low) / 2);
            RpcResult<bool> answer = await AskAsync(middle, address, isTrue, cancellation).ConfigureAwait(false);
            if (answer.Error is not null)
            {
                return answer.Error;
            }

            (low, high) = answer.Value ? (low, middle) : (middle, high);
        }

        ledger.TryGet(high, out LedgerBlock? block);
        return new RpcResult<LedgerBlock?>(block);
    }

    private async ValueTask<RpcResult<bool>> AskAsync(
        ulong number, Address address, Func<Account?, bool> isTrue, CancellationToken cancellation)
    {
        if (!ledger.TryGet(number, out LedgerBlock? block) || block.State is not { } state)
        {
            return RpcError.Server($"missing state: that of block {number} is no longer kept");
        }

        RpcResult<Account?> account = await states.ReadAccountAsync(state, address, cancellation)
            .ConfigureAwait(false);
        return account.Error is null ? isTrue(account.Value) : account.Error;
    }
}

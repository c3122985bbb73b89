using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.State;

namespace Koinon.Rpc.Development;

/// <summary>Edits the state at the head of a development chain; no block comes between look and edit.</summary>
/// <param name="ledger">The chain.</param>
/// <param name="producer">The one writer of the chain.</param>
/// <remarks>Safe from any thread.</remarks>
public sealed class StateEditor(Ledger ledger, BlockProducer producer)
{
    /// <summary>Edits an account; one that there is not is made.</summary>
    /// <param name="address">Which.</param>
    /// <param name="edit">What becomes of it, or why nothing does; called once.</param>
    /// <param name="cancellation">Ends the waiting for the turn.</param>
    /// <returns>Why nothing was edited, or <see langword="null"/>.</returns>
    public ValueTask<RpcError?> EditAccountAsync(
        Address address, Func<Account, RpcResult<Account>> edit, CancellationToken cancellation) =>
        EditAsync(
            (state, changes) =>
            {
                RpcResult<Account> edited = edit(ReadAccount(state, address));
                changes.Of(address).Account = edited.Value;
                return edited.Error;
            },
            cancellation);

    /// <summary>Edits the state.</summary>
    /// <param name="edit">Gets the state and notes changes, or says why there are none; called once.</param>
    /// <param name="cancellation">Ends the waiting for the turn.</param>
    /// <returns>Why nothing was edited, or <see langword="null"/>.</returns>
    public async ValueTask<RpcError?> EditAsync(
        Func<WorldState, StateChanges, RpcError?> edit, CancellationToken cancellation)
    {
        RpcError? error = await producer.ExclusiveAsync(() => Edit(edit), cancellation).ConfigureAwait(false);
        if (error is null && producer.Mode.IsAutomatic)
        {
            // What waits in the pool may have become executable: more ether, another nonce.
            await producer.ProduceReadyAsync(cancellation).ConfigureAwait(false);
        }

        return error;
    }

    /// <summary>An account; an empty one where there is none.</summary>
    public static Account ReadAccount(IStateView state, in Address address) =>
        state.ReadAccount(address, out Account account) == ReadStatus.Found ? account : Account.Empty;

    private RpcError? Edit(Func<WorldState, StateChanges, RpcError?> edit)
    {
        LedgerBlock head = ledger.Head;
        if (head.State is not { } state)
        {
            return RpcError.Server($"missing state: that of block {head.Number} is no longer kept");
        }

        StateChanges changes = new();
        RpcError? error = edit(state, changes);
        if (error is null)
        {
            ledger.Edit(changes);
        }

        return error;
    }
}

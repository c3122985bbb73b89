using Koinon.Chain.Building;
using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Execution;

namespace Koinon.Rpc.Development.StateEditing;

/// <summary>Edits the state at the head of a development chain; no block comes between look and edit.</summary>
/// <param name="ledger">The chain.</param>
/// <param name="producer">The one writer of the chain.</param>
/// <param name="reader">Fetches what an edit looks at and the state does not hold itself.</param>
/// <remarks>Safe from any thread. While something is fetched others have their turn.</remarks>
public sealed class StateEditor(Ledger ledger, BlockProducer producer, StateReader reader)
{
    /// <summary>Edits an account; one that there is not is made.</summary>
    /// <param name="address">Which.</param>
    /// <param name="edit">What becomes of it, or why nothing does; called again where something had to be
    /// fetched first.</param>
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
    /// <param name="edit">Gets the state and notes changes, or says why there are none; called again where
    /// something had to be fetched first.</param>
    /// <param name="cancellation">Ends the waiting for the turn.</param>
    /// <returns>Why nothing was edited, or <see langword="null"/>.</returns>
    public async ValueTask<RpcError?> EditAsync(
        Func<IStateView, StateChanges, RpcError?> edit, CancellationToken cancellation)
    {
        RpcError? error;
        WatchedState? watched;
        do
        {
            (error, watched) = await producer.ExclusiveAsync(() => Edit(edit), cancellation).ConfigureAwait(false);
            if (watched is { Missing.Count: > 0 })
            {
                error = await reader.FetchAsync(watched.Missing, cancellation).ConfigureAwait(false);
            }
        }
        while (error is null && watched is { Missing.Count: > 0 });

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

    /// <summary>Looks at what is edited: what it was before is needed to take the edit back.</summary>
    private static void LookAtFormer(WatchedState state, StateChanges changes)
    {
        foreach ((Address address, AccountChange change) in changes.Accounts)
        {
            state.ReadAccount(address, out _);
            foreach (UInt256 slot in change.Slots.Keys)
            {
                state.ReadSlot(address, slot, out _);
            }
        }
    }

    private (RpcError? Error, WatchedState? Watched) Edit(Func<IStateView, StateChanges, RpcError?> edit)
    {
        LedgerBlock head = ledger.Head;
        if (head.State is not { } state)
        {
            return (RpcError.Server($"missing state: that of block {head.Number} is no longer kept"), null);
        }

        StateChanges changes = new();
        WatchedState watched = new(state);
        RpcError? error = edit(watched, changes);
        LookAtFormer(watched, changes);
        if (error is null && watched.Missing.Count == 0)
        {
            ledger.Edit(changes);
        }

        return (error, watched);
    }
}

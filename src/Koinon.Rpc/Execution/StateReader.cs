using Koinon.Chain.Building;
using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Execution;

/// <summary>Reads a state, and fetches what it does not hold itself.</summary>
/// <param name="fetcher">Fetches.</param>
/// <remarks>Where the state holds the value, as it nearly always does, nothing is waited for or allocated.</remarks>
public sealed class StateReader(IStateFetcher fetcher)
{
    /// <summary>Whether there is nothing to fetch from: all state is here.</summary>
    public bool IsLocal => fetcher is LocalState;

    /// <summary>An account; an empty one where there is none.</summary>
    /// <param name="state">The state of a block.</param>
    /// <param name="address">Whose.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public ValueTask<RpcResult<Account?>> ReadAccountAsync(
        IStateView state, in Address address, CancellationToken cancellation)
    {
        ReadStatus status = state.ReadAccount(address, out Account account);
        return status == ReadStatus.Unavailable
            ? FetchAccountAsync(state, address, cancellation)
            : new(new RpcResult<Account?>(status == ReadStatus.Found ? account : null));
    }

    /// <summary>A storage slot.</summary>
    /// <param name="state">The state of a block.</param>
    /// <param name="address">Whose.</param>
    /// <param name="slot">Which.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public ValueTask<RpcResult<UInt256>> ReadSlotAsync(
        IStateView state, in Address address, in UInt256 slot, CancellationToken cancellation) =>
        state.ReadSlot(address, slot, out UInt256 value) == ReadStatus.Unavailable
            ? FetchSlotAsync(state, address, slot, cancellation)
            : new(new RpcResult<UInt256>(value));

    /// <summary>An account's code; none where there is no account.</summary>
    /// <param name="state">The state of a block.</param>
    /// <param name="address">Whose.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<RpcResult<ReadOnlyMemory<byte>>> ReadCodeAsync(
        IStateView state, Address address, CancellationToken cancellation)
    {
        RpcResult<Account?> account = await ReadAccountAsync(state, address, cancellation).ConfigureAwait(false);
        return account.Error is null
            ? await ReadCodeAsync(state, address, account.Value, cancellation).ConfigureAwait(false)
            : account.Error;
    }

    /// <summary>The code of an account that was read already; none where there is no account.</summary>
    /// <param name="state">The state of a block.</param>
    /// <param name="address">Whose.</param>
    /// <param name="account">The account.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async ValueTask<RpcResult<ReadOnlyMemory<byte>>> ReadCodeAsync(
        IStateView state, Address address, Account? account, CancellationToken cancellation)
    {
        if (account is not { HasCode: true } holder)
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        if (state.ReadCode(holder.CodeHash, out ReadOnlyMemory<byte> code) != ReadStatus.Unavailable)
        {
            return code;
        }

        // The account is named as well: code is asked of a remote chain by its address.
        StateKey key = new(address, null, holder.CodeHash);
        return await FetchAsync([key], cancellation).ConfigureAwait(false) is { } error ? error
            : state.ReadCode(holder.CodeHash, out code) != ReadStatus.Unavailable ? code
            : Gone();
    }

    /// <summary>Fetches what a run of the EVM lacked.</summary>
    /// <param name="state">What the run stood on.</param>
    /// <param name="keys">What it lacked.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Why it cannot be had, or <see langword="null"/>: then the run can be made again.</returns>
    internal async ValueTask<RpcError?> FetchAsync(
        IStateView state, IReadOnlyList<StateKey> keys, CancellationToken cancellation) =>
        await FetchAsync(keys, cancellation).ConfigureAwait(false) ?? (Answers(state, keys) ? null : Gone());

    /// <summary>Fetches what a run of the EVM lacked first, and with it what it will come to.</summary>
    /// <param name="state">What the run stood on.</param>
    /// <param name="keys">What it lacked.</param>
    /// <param name="run">The run.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Why it cannot be had, or <see langword="null"/>: then the run can be made again.</returns>
    internal async ValueTask<RpcError?> FetchAheadAsync(
        IStateView state, IReadOnlyList<StateKey> keys, PlannedRun run, CancellationToken cancellation) =>
        await FetchAheadAsync(keys, run, cancellation).ConfigureAwait(false)
            ?? (Answers(state, keys) ? null : Gone());

    /// <summary>Fetches keys for a state that is taken anew afterwards.</summary>
    /// <returns>Why they cannot be had, or <see langword="null"/>.</returns>
    public async ValueTask<RpcError?> FetchAsync(IReadOnlyList<StateKey> keys, CancellationToken cancellation) =>
        await fetcher.FetchAsync(keys, cancellation).ConfigureAwait(false) is { } reason
            ? RpcError.Server(reason)
            : null;

    /// <summary>Fetches keys, and with them what a run will come to, for a state that is taken anew afterwards.
    /// </summary>
    /// <returns>Why they cannot be had, or <see langword="null"/>.</returns>
    public async ValueTask<RpcError?> FetchAheadAsync(
        IReadOnlyList<StateKey> keys, PlannedRun run, CancellationToken cancellation) =>
        await fetcher.FetchAheadAsync(keys, [run], cancellation).ConfigureAwait(false) is { } reason
            ? RpcError.Server(reason)
            : null;

    private async ValueTask<RpcResult<Account?>> FetchAccountAsync(
        IStateView state, Address address, CancellationToken cancellation)
    {
        RpcError? error = await FetchAsync(state, [new StateKey(address, null, null)], cancellation)
            .ConfigureAwait(false);
        ReadStatus status = state.ReadAccount(address, out Account account);
        return error is not null ? error : new RpcResult<Account?>(status == ReadStatus.Found ? account : null);
    }

    private async ValueTask<RpcResult<UInt256>> FetchSlotAsync(
        IStateView state, Address address, UInt256 slot, CancellationToken cancellation)
    {
        RpcError? error = await FetchAsync(state, [new StateKey(address, slot, null)], cancellation)
            .ConfigureAwait(false);
        state.ReadSlot(address, slot, out UInt256 value);
        return error is not null ? error : value;
    }

    /// <summary>
    /// Whether a state answers for keys that were fetched: one whose block was taken back never will, and a run that
    /// is made again on it would be made for ever.
    /// </summary>
    private static bool Answers(IStateView state, IReadOnlyList<StateKey> keys)
    {
        foreach (StateKey key in keys)
        {
            ReadStatus status = key.Address is not { } address ? ReadStatus.Found
                : key.Slot is { } slot ? state.ReadSlot(address, slot, out _)
                : state.ReadAccount(address, out _);
            if (status == ReadStatus.Unavailable)
            {
                return false;
            }
        }

        return true;
    }

    private static RpcError Gone() =>
        RpcError.Server("missing state: its block was taken back, or its state is no longer kept");
}

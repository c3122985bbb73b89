using Koinon.Evm;
using Koinon.Primitives;
using Koinon.Primitives.State;

namespace Koinon.Rpc.Execution;

/// <summary>A state that notes what it was asked for and does not hold.</summary>
/// <param name="view">The state.</param>
/// <remarks>One owner, one thread.</remarks>
internal sealed class WatchedState(IStateView view) : IStateView
{
    /// <summary>What was asked for and is not here: answers given meanwhile mean nothing.</summary>
    public List<StateKey> Missing { get; } = [];

    /// <inheritdoc/>
    public ReadStatus ReadAccount(in Address address, out Account account) =>
        Note(view.ReadAccount(in address, out account), new StateKey(address, null, null));

    /// <inheritdoc/>
    public ReadStatus ReadSlot(in Address address, in UInt256 slot, out UInt256 value) =>
        Note(view.ReadSlot(in address, in slot, out value), new StateKey(address, slot, null));

    /// <inheritdoc/>
    public ReadStatus ReadCode(in Hash256 codeHash, out ReadOnlyMemory<byte> code) =>
        Note(view.ReadCode(in codeHash, out code), new StateKey(null, null, codeHash));

    /// <inheritdoc/>
    public ReadStatus ReadStorageExists(in Address address) =>
        Note(view.ReadStorageExists(in address), new StateKey(address, null, null));

    private ReadStatus Note(ReadStatus status, in StateKey key)
    {
        if (status == ReadStatus.Unavailable)
        {
            Missing.Add(key);
        }

        return status;
    }
}

using Koinon.Primitives;
using Koinon.Primitives.State;

namespace Koinon.Rpc.Execution;

/// <summary>A state that notes what is read of it.</summary>
/// <param name="view">The state.</param>
internal sealed class WitnessedState(IStateView view) : IStateView
{
    private readonly Dictionary<Address, HashSet<UInt256>> _read = [];
    private readonly Dictionary<Hash256, ReadOnlyMemory<byte>> _codes = [];

    /// <summary>The accounts that were read, each with its slots.</summary>
    public IReadOnlyDictionary<Address, IReadOnlySet<UInt256>> Read =>
        _read.ToDictionary(static one => one.Key, static IReadOnlySet<UInt256> (one) => one.Value);

    /// <summary>The code that was read.</summary>
    public IReadOnlyCollection<ReadOnlyMemory<byte>> Codes => _codes.Values;

    /// <inheritdoc/>
    public ReadStatus ReadAccount(in Address address, out Account account)
    {
        Note(address);
        return view.ReadAccount(in address, out account);
    }

    /// <inheritdoc/>
    public ReadStatus ReadSlot(in Address address, in UInt256 slot, out UInt256 value)
    {
        Note(address).Add(slot);
        return view.ReadSlot(in address, in slot, out value);
    }

    /// <inheritdoc/>
    public ReadStatus ReadCode(in Hash256 codeHash, out ReadOnlyMemory<byte> code)
    {
        ReadStatus status = view.ReadCode(in codeHash, out code);
        if (status == ReadStatus.Found && codeHash != Account.NoCode)
        {
            _codes[codeHash] = code;
        }

        return status;
    }

    /// <inheritdoc/>
    public ReadStatus ReadStorageExists(in Address address)
    {
        Note(address);
        return view.ReadStorageExists(in address);
    }

    private HashSet<UInt256> Note(in Address address)
    {
        if (!_read.TryGetValue(address, out HashSet<UInt256>? slots))
        {
            slots = [];
            _read.Add(address, slots);
        }

        return slots;
    }
}

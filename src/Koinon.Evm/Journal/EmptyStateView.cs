using Koinon.Primitives;
using Koinon.Primitives.State;

namespace Koinon.Evm.Journal;

/// <summary>A state without accounts: what a machine looks at between transactions.</summary>
internal sealed class EmptyStateView : IStateView
{
    internal static EmptyStateView Instance { get; } = new();

    public ReadStatus ReadAccount(in Address address, out Account account)
    {
        account = default;
        return ReadStatus.Absent;
    }

    public ReadStatus ReadSlot(in Address address, in UInt256 slot, out UInt256 value)
    {
        value = default;
        return ReadStatus.Absent;
    }

    public ReadStatus ReadCode(in Hash256 codeHash, out ReadOnlyMemory<byte> code)
    {
        code = default;
        return ReadStatus.Absent;
    }

    public ReadStatus ReadStorageExists(in Address address) => ReadStatus.Absent;
}

using Koinon.Primitives;
using Koinon.Primitives.State;

namespace Koinon.Chain;

/// <summary>A state in which slots of one account that are not known count as zero, since they are only written.
/// </summary>
/// <param name="view">The state.</param>
/// <param name="owner">The account.</param>
internal sealed class UnreadSlots(IStateView view, Address owner) : IStateView
{
    /// <inheritdoc/>
    public ReadStatus ReadAccount(in Address address, out Account account) =>
        view.ReadAccount(in address, out account);

    /// <inheritdoc/>
    public ReadStatus ReadSlot(in Address address, in UInt256 slot, out UInt256 value)
    {
        ReadStatus status = view.ReadSlot(in address, in slot, out value);
        return status == ReadStatus.Unavailable && address == owner ? ReadStatus.Absent : status;
    }

    /// <inheritdoc/>
    public ReadStatus ReadCode(in Hash256 codeHash, out ReadOnlyMemory<byte> code) =>
        view.ReadCode(in codeHash, out code);

    /// <inheritdoc/>
    public ReadStatus ReadStorageExists(in Address address) => view.ReadStorageExists(in address);
}

using System.Buffers.Binary;
using Koinon.Primitives;
using Koinon.Storage;

namespace Koinon.State.Stored;

/// <summary>Reads the list of the accounts and slots that a block changed, entry by entry.</summary>
/// <remarks>Parts are copied as they are reached, so the transaction may write in between.</remarks>
/// <param name="transaction">Where it is read.</param>
/// <param name="number">The block.</param>
internal sealed class ChangeListReader(IReadTransaction transaction, ulong number)
{
    private byte[] _part = [];
    private int _at;
    private uint _next;

    /// <summary>What the entry says.</summary>
    internal ChangeKind Kind { get; private set; }

    /// <summary>Whose entry it is.</summary>
    internal Address Address { get; private set; }

    /// <summary>The hash of the address.</summary>
    internal Hash256 Account { get; private set; }

    /// <summary>The hash of the slot, where the entry is one.</summary>
    internal Hash256 Slot { get; private set; }

    /// <summary>The name of the slot, where the entry holds it.</summary>
    internal UInt256 SlotName { get; private set; }

    /// <summary>Goes to the next entry that says something by itself.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="StoreException">The list is damaged.</exception>
    internal bool MoveNext()
    {
        while (_at < _part.Length || TryReadPart())
        {
            Kind = (ChangeKind)_part[_at++];
            switch (Kind)
            {
                case ChangeKind.Account:
                    Address = new Address(Take(Address.Size));
                    Account = Hash256.Keccak(Address.AsSpan(Address));
                    continue;
                case ChangeKind.Record or ChangeKind.Wipe:
                    return true;
                case ChangeKind.SlotHash:
                    Slot = new Hash256(Take(Hash256.Size));
                    return true;
                case ChangeKind.SlotName:
                    SlotName = UInt256.FromBigEndian(Take(Take(1)[0]));
                    Slot = Hash256.Keccak(Hash256.AsSpan(Hash256.FromWord(SlotName)));
                    return true;
                default:
                    throw Damaged();
            }
        }

        return false;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (_part.Length - _at < length)
        {
            throw Damaged();
        }

        _at += length;
        return _part.AsSpan(_at - length, length);
    }

    private bool TryReadPart()
    {
        Span<byte> key = stackalloc byte[ChangeListWriter.KeyLength];
        StateKeys.WriteNumber(number, key);
        BinaryPrimitives.WriteUInt32BigEndian(key[sizeof(ulong)..], _next);
        if (!transaction.TryGet(StateTables.Changes, key, out ReadOnlySpan<byte> value) || value.IsEmpty)
        {
            return false;
        }

        _part = value.ToArray();
        _at = 0;
        _next++;
        return true;
    }

    private StoreException Damaged() =>
        new(StoreError.Corrupt, $"The list of what block {number} changed is damaged.");
}

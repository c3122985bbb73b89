using System.Buffers;
using System.Buffers.Binary;
using Koinon.Primitives;
using Koinon.Storage;

namespace Koinon.State.Stored;

/// <summary>Writes the list of the accounts and slots that a block changed, in parts of bounded size.</summary>
/// <param name="transaction">Where it is written.</param>
/// <param name="number">The block.</param>
internal sealed class ChangeListWriter(IWriteTransaction transaction, ulong number)
{
    /// <summary>Bytes of the key of a part.</summary>
    internal const int KeyLength = sizeof(ulong) + sizeof(uint);

    private const int PartBytes = 16 * 1024;

    private readonly ArrayBufferWriter<byte> _part = new(256);
    private Address _address;
    private bool _isAccountWritten;
    private uint _next;

    /// <summary>Leaves the parts that stand there, and goes on behind them.</summary>
    internal void GoOn()
    {
        Span<byte> end = stackalloc byte[sizeof(ulong)];
        StateKeys.WriteNumber(number + 1, end);
        using IStoreCursor cursor = transaction.OpenCursor(StateTables.Changes);
        if (cursor.SeekBefore(end) && BinaryPrimitives.ReadUInt64BigEndian(cursor.Key) == number)
        {
            _next = BinaryPrimitives.ReadUInt32BigEndian(cursor.Key[sizeof(ulong)..]) + 1;
        }
    }

    /// <summary>Says whose the next entries are.</summary>
    internal void BeginAccount(in Address address)
    {
        _address = address;
        _isAccountWritten = false;
    }

    /// <summary>Notes something about the account.</summary>
    /// <param name="kind"><see cref="ChangeKind.Record"/> or <see cref="ChangeKind.Wipe"/>.</param>
    internal void Add(ChangeKind kind)
    {
        WriteAccount();
        _part.GetSpan(1)[0] = (byte)kind;
        _part.Advance(1);
        FlushIfFull();
    }

    /// <summary>Notes a slot of the account by its hash.</summary>
    internal void AddSlot(in Hash256 slot)
    {
        WriteAccount();
        Span<byte> to = _part.GetSpan(1 + Hash256.Size);
        to[0] = (byte)ChangeKind.SlotHash;
        Hash256.AsSpan(in slot).CopyTo(to[1..]);
        _part.Advance(1 + Hash256.Size);
        FlushIfFull();
    }

    /// <summary>Notes a slot of the account by its name.</summary>
    internal void AddSlot(in UInt256 slot)
    {
        WriteAccount();
        Span<byte> to = _part.GetSpan(2 + UInt256.Size);
        int length = slot.WriteTrimmedBigEndian(to[2..]);
        to[0] = (byte)ChangeKind.SlotName;
        to[1] = (byte)length;
        _part.Advance(2 + length);
        FlushIfFull();
    }

    /// <summary>Writes what is not written yet.</summary>
    internal void Flush()
    {
        if (_part.WrittenCount == 0)
        {
            return;
        }

        Span<byte> key = stackalloc byte[KeyLength];
        StateKeys.WriteNumber(number, key);
        BinaryPrimitives.WriteUInt32BigEndian(key[sizeof(ulong)..], _next++);
        transaction.Put(StateTables.Changes, key, _part.WrittenSpan);
        _part.ResetWrittenCount();
        _isAccountWritten = false;
    }

    private void WriteAccount()
    {
        if (_isAccountWritten)
        {
            return;
        }

        Span<byte> to = _part.GetSpan(1 + Address.Size);
        to[0] = (byte)ChangeKind.Account;
        _address.CopyTo(to[1..]);
        _part.Advance(1 + Address.Size);
        _isAccountWritten = true;
    }

    private void FlushIfFull()
    {
        if (_part.WrittenCount >= PartBytes)
        {
            Flush();
        }
    }
}

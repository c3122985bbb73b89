using Koinon.Primitives.Tests.Rlp;
using Koinon.Primitives.Transactions;

namespace Koinon.Primitives.Tests.Transactions;

/// <summary>An access-list entry in a form that shrinks well.</summary>
public sealed record AccessSpec(WordSpec Address, WordSpec[] Slots)
{
    public AccessListEntry Entry =>
        new(Primitives.Address.FromWord(Address.Value), [.. Slots.Select(static slot => slot.Value)]);

    public NaiveRlp Rlp => NaiveRlp.List(
        NaiveRlp.String(Padded(Address.Value)[12..]),
        NaiveRlp.List(Slots.Select(static slot => NaiveRlp.String(Padded(slot.Value)))));

    public static byte[] Padded(UInt256 value)
    {
        byte[] bytes = new byte[32];
        value.WriteBigEndian(bytes);
        return bytes;
    }
}

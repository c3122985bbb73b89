using Koinon.Primitives.Tests.Rlp;

namespace Koinon.Primitives.Tests.Transactions;

/// <summary>A word of any length in a form that shrinks well.</summary>
public sealed record WordSpec(ulong Digits, byte Shift)
{
    public UInt256 Value => (UInt256)Digits << Shift;

    public NaiveRlp Rlp => NaiveRlp.Number(Value);
}

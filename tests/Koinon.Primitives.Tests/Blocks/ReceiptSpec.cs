using Koinon.Primitives.Blocks;
using Koinon.Primitives.Tests.Rlp;
using Koinon.Primitives.Tests.Transactions;
using Koinon.Primitives.Transactions;

namespace Koinon.Primitives.Tests.Blocks;

/// <summary>A receipt in a form that shrinks well, and its encoding by the definition.</summary>
public sealed record ReceiptSpec(byte Kind, bool HasRoot, bool Succeeded, WordSpec Root, ulong Gas, LogSpec[] Logs)
{
    public Receipt Receipt
    {
        get
        {
            Log[] logs = [.. Logs.Select(static log => log.Log)];
            return new Receipt
            {
                Type = (TransactionType)(Kind % 5),
                Succeeded = HasRoot ? null : Succeeded,
                PostStateRoot = HasRoot ? Hash256.FromWord(Root.Value) : null,
                CumulativeGasUsed = Gas,
                Bloom = Receipt.BloomOf(logs),
                Logs = logs,
            };
        }
    }

    public byte[] Encoding
    {
        get
        {
            NaiveRlp outcome = HasRoot
                ? NaiveRlp.String(AccessSpec.Padded(Root.Value))
                : NaiveRlp.Number(Succeeded ? 1UL : 0);
            NaiveRlp payload = NaiveRlp.List(
                outcome,
                NaiveRlp.Number(Gas),
                NaiveRlp.String(Hex.Decode(Receipt.Bloom.ToString())),
                NaiveRlp.List(Logs.Select(static log => log.Rlp)));
            return Kind % 5 == 0 ? payload.Encode() : [(byte)(Kind % 5), .. payload.Encode()];
        }
    }
}

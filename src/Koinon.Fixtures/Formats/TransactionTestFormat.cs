using System.Text.Json;
using Koinon.Chain.Networks;
using Koinon.Evm;
using Koinon.Fixtures.Exceptions;
using Koinon.Fixtures.Reading;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Fixtures.Formats;

/// <summary>Transaction tests: bytes, and for each fork whether they are a transaction that a block may hold.</summary>
/// <remarks>No state and no block stand around it: only what the bytes and the fork tell is judged.</remarks>
internal sealed class TransactionTestFormat : IFixtureFormat
{
    /// <inheritdoc/>
    public bool Recognises(JsonElement root) => FormatList.FirstHas(root, "txbytes", "result");

    /// <inheritdoc/>
    public void Run(FixtureContext context)
    {
        foreach (JsonProperty test in context.Root.EnumerateObject())
        {
            if (FormatList.IsComment(test.Name)) continue;
            byte[] bytes = test.Value.Bytes("txbytes");
            foreach (JsonProperty fork in test.Value.Field("result").EnumerateObject())
            {
                context.Run(test.Name, fork.Name, _ => RunCase(bytes, fork, test.Value));
            }
        }
    }

    private static CaseVerdict RunCase(byte[] bytes, JsonProperty fork, JsonElement test)
    {
        ActiveRules rules = new NetworkSchedule(TestNetwork.Read(fork.Name, test)).At(0, 0, UInt256.MaxValue);
        Refusal refusal = Judge(bytes, rules, out Transaction? transaction, out Address sender);
        if (fork.Value.TryField("exception", out JsonElement exception))
        {
            return ExceptionNames.Compare(exception.Text(), refusal) is { } wrong
                ? CaseVerdict.Fail(wrong)
                : CaseVerdict.Pass();
        }

        if (refusal.IsRefused) return CaseVerdict.Differs("validity", "accepted", refusal);
        ulong intrinsic = IntrinsicGas.Of(transaction!, rules.Fork).Total;
        CaseVerdict hash = CaseVerdict.Compare("hash", fork.Value.Hash("hash"), transaction!.Hash);
        if (hash.Failure is not null) return hash;
        CaseVerdict from = CaseVerdict.Compare("sender", fork.Value.Address("sender"), sender);
        return from.Failure is not null
            ? from
            : CaseVerdict.Compare("intrinsic gas", fork.Value.Number("intrinsicGas"), intrinsic);
    }

    private static Refusal Judge(byte[] bytes, ActiveRules rules, out Transaction? transaction, out Address sender)
    {
        sender = default;
        if (!Transaction.TryDecode(bytes, out transaction, out TransactionDecodeError decoding))
        {
            // Bytes that are wrong and of a type that the fork does not know have both faults.
            TransactionError type = IsTypeUnknown(bytes, rules) ? TransactionError.TypeNotSupported
                : TransactionError.None;
            return Refusal.Of(decoding) with { Transaction = type };
        }

        BlockEnvironment block = new() { GasLimit = ulong.MaxValue };
        TransactionError error = TransactionRules.CheckSignature(
            transaction, rules.Fork, block.ChainId, out sender, out string? detail);
        if (error == TransactionError.None)
        {
            error = TransactionRules.Check(transaction, rules.Fork, block, ExecutionLimits.None, out detail);
        }

        return error == TransactionError.None ? default : Refusal.Of(error, detail);
    }

    private static bool IsTypeUnknown(byte[] bytes, ActiveRules rules) =>
        bytes.Length > 0 && bytes[0] < 0x80 && bytes[0] > (byte)rules.Fork.TransactionTypeMax;
}

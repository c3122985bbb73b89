using System.Text.Json;
using Koinon.Fixtures.Reading;
using Koinon.Primitives;
using Koinon.Primitives.Transactions;

namespace Koinon.Fixtures.Formats;

/// <summary>The oldest transaction tests: values, and the encoding before and after signing.</summary>
internal sealed class SignedTransactionFormat : IFixtureFormat
{
    /// <inheritdoc/>
    public bool Recognises(JsonElement root) => FormatList.FirstHas(root, "key", "unsigned", "signed");

    /// <inheritdoc/>
    public void Run(FixtureContext context)
    {
        int index = 0;
        foreach (JsonElement test in context.Root.EnumerateArray())
        {
            context.Run($"transaction {index++}", "", _ => RunCase(test));
        }
    }

    private static CaseVerdict RunCase(JsonElement test)
    {
        UInt256 price = test.Word("gasprice");
        JsonElement to = test.Field("to");
        Transaction unsigned = new()
        {
            Nonce = test.Number("nonce"),
            MaxFeePerGas = price,
            MaxPriorityFeePerGas = price,
            GasLimit = test.Number("startgas"),
            To = to.Text().Length == 0 ? null : to.Address(),
            Value = test.Word("value"),
            Data = test.Bytes("data"),
        };
        CaseVerdict before = CaseVerdict.CompareBytes("unsigned", test.Bytes("unsigned"), unsigned.Encoded.Span);
        if (before.Failure is not null) return before;

        byte[] signed = test.Bytes("signed");
        if (!Transaction.TryDecode(signed, out Transaction? decoded, out TransactionDecodeError error))
        {
            return CaseVerdict.Differs("signed", "a transaction", error);
        }

        Transaction again = unsigned.WithSignature(decoded.Signature!.Value);
        CaseVerdict after = CaseVerdict.CompareBytes("signed", signed, again.Encoded.Span);
        if (after.Failure is not null) return after;
        Address expected = KeyAddressFormat.AddressOf(test.Bytes("key"));
        return again.TryGetSender(out Address sender)
            ? CaseVerdict.Compare("sender", expected, sender)
            : CaseVerdict.Differs("sender", expected, "none");
    }
}

using System.Text;
using System.Text.Json;
using Koinon.Abi;
using Koinon.Fixtures.Reading;

namespace Koinon.Fixtures.Formats;

/// <summary>ABI tests: types, values and their encoding, which must also decode to the values.</summary>
internal sealed class AbiFormat : IFixtureFormat
{
    /// <inheritdoc/>
    public bool Recognises(JsonElement root) => FormatList.FirstHas(root, "args", "types", "result");

    /// <inheritdoc/>
    public void Run(FixtureContext context)
    {
        foreach (JsonProperty test in context.Root.EnumerateObject())
        {
            context.Run(test.Name, "", _ => RunCase(test.Value));
        }
    }

    private static CaseVerdict RunCase(JsonElement test)
    {
        List<AbiType> types = [];
        List<AbiValue> values = [];
        JsonElement arguments = test.Field("args");
        foreach (JsonElement name in test.Field("types").EnumerateArray())
        {
            AbiType type = AbiType.Parse(name.Text());
            values.Add(ValueOf(type, arguments[types.Count]));
            types.Add(type);
        }

        return AbiEncoder.TryEncode(types, values, out byte[] encoded, out AbiEncodeError error)
            ? CaseVerdict.CompareBytes("encoding", test.Bytes("result"), encoded)
            : CaseVerdict.Differs("encoding", "one", error);
    }

    // Bytes of either kind are written as text that stands for its characters.
    private static AbiValue ValueOf(AbiType type, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            List<AbiValue> items = [];
            foreach (JsonElement item in value.EnumerateArray())
            {
                items.Add(ValueOf(type.Element!, item));
            }

            return AbiValue.OfList(items);
        }

        bool isHex = value.ValueKind == JsonValueKind.Number
            || value.Text().StartsWith("0x", StringComparison.Ordinal);
        return isHex ? value.Word() : Encoding.UTF8.GetBytes(value.Text());
    }
}

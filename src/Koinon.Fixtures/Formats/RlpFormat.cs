using System.Text;
using System.Text.Json;
using Koinon.Fixtures.Reading;
using Koinon.Primitives;
using Koinon.Primitives.Rlp;

namespace Koinon.Fixtures.Formats;

/// <summary>RLP tests: a value and its encoding, or bytes that are none.</summary>
internal sealed class RlpFormat : IFixtureFormat
{
    /// <inheritdoc/>
    public bool Recognises(JsonElement root) =>
        FormatList.TryGetFirst(root, out JsonElement first)
        && first.TryGetProperty("in", out _)
        && first.TryGetProperty("out", out JsonElement encoding) && encoding.ValueKind == JsonValueKind.String;

    /// <inheritdoc/>
    public void Run(FixtureContext context)
    {
        foreach (JsonProperty test in context.Root.EnumerateObject())
        {
            if (FormatList.IsComment(test.Name)) continue;
            context.Run(test.Name, "", _ => RunCase(test.Value));
        }
    }

    private static CaseVerdict RunCase(JsonElement test)
    {
        JsonElement value = test.Field("in");
        byte[] encoding = test.Bytes("out");
        RlpError error = RlpReader.Validate(encoding);
        if (value.ValueKind == JsonValueKind.String && value.ValueEquals("INVALID"))
        {
            return error != RlpError.None ? CaseVerdict.Pass() : CaseVerdict.Differs("RLP", "a refusal", "it was read");
        }

        if (error != RlpError.None) return CaseVerdict.Differs("RLP", "it is read", error);
        if (value.ValueKind == JsonValueKind.String && value.ValueEquals("VALID")) return CaseVerdict.Pass();

        RlpWriter writer = new(stackalloc byte[512]);
        try
        {
            Write(ref writer, value);
            return CaseVerdict.CompareBytes("RLP", encoding, writer.Written);
        }
        finally
        {
            writer.Dispose();
        }
    }

    private static void Write(ref RlpWriter writer, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            int list = writer.BeginList();
            foreach (JsonElement item in value.EnumerateArray())
            {
                Write(ref writer, item);
            }

            writer.EndList(list);
            return;
        }

        // "#123" is an integer too large for JSON; any other text stands for its bytes.
        string text = value.ValueKind == JsonValueKind.String ? value.Text() : "#" + value.GetRawText();
        if (!text.StartsWith('#'))
        {
            writer.Write(Encoding.UTF8.GetBytes(text));
        }
        else if (UInt256.TryParse(text.AsSpan(1), out UInt256 word))
        {
            writer.Write(word);
        }
        else
        {
            writer.Write(DecimalBytes(text.AsSpan(1)));
        }
    }

    // Integers beyond 256 bits, which RLP knows though Ethereum does not: schoolbook, digit by digit.
    private static byte[] DecimalBytes(ReadOnlySpan<char> digits)
    {
        List<byte> littleEndian = [];
        foreach (char digit in digits)
        {
            int carry = digit - '0';
            for (int i = 0; i < littleEndian.Count; i++)
            {
                int value = (littleEndian[i] * 10) + carry;
                littleEndian[i] = (byte)(value & 0xff);
                carry = value >> 8;
            }

            if (carry != 0) littleEndian.Add((byte)carry);
        }

        littleEndian.Reverse();
        return [.. littleEndian];
    }
}

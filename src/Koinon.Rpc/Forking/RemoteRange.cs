using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Forking;

/// <summary>Searches a range of blocks of the remote chain, in as many parts as the remote allows.</summary>
/// <param name="remote">The remote chain.</param>
/// <param name="bytesMax">Most bytes of an answer.</param>
/// <remarks>
/// Providers bound the blocks, the results or the bytes of one search, each in its own words. The range that an error
/// names is tried; else the half. What worked is remembered for the searches that follow.
/// </remarks>
internal sealed partial class RemoteRange(IRemoteChain remote, int bytesMax)
{
    private static readonly string[] BoundTexts =
    [
        "range", "limit", "too many", "too large", "too wide", "more than", "exceed", "response size", "timeout",
        "timed out", "results", "up to a",
    ];

    private ulong _blocksMax = ulong.MaxValue;

    /// <summary>Searches.</summary>
    /// <param name="method">The method.</param>
    /// <param name="filter">The filter; its bounds are replaced.</param>
    /// <param name="from">The first block.</param>
    /// <param name="to">The last block.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>An array, as JSON.</returns>
    public async ValueTask<RpcResult<ReadOnlyMemory<byte>>> SearchAsync(
        string method, JsonElement filter, ulong from, ulong to, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> all = "[]"u8.ToArray();
        ulong blocks = Math.Min(Volatile.Read(ref _blocksMax), to - from + 1 is var count and > 0 ? count : to);
        while (true)
        {
            ulong last = to - from < blocks ? to : from + blocks - 1;
            RpcResult<ReadOnlyMemory<byte>> part = await remote.AskAsync(
                method, With(filter, from, last), isPinned: true, cancellation).ConfigureAwait(false);
            if (part.Error is { } error)
            {
                if (from == last || !IsAboutBounds(error))
                {
                    return error;
                }

                blocks = Smaller(error, from, last);
                Volatile.Write(ref _blocksMax, Math.Max(blocks, 1));
                continue;
            }

            all = Join(all, part.Value);
            if (all.Length > bytesMax)
            {
                return new RpcError(
                    RpcErrorCode.ResponseTooLarge,
                    $"response too large: more than {bytesMax} bytes by block {last}; ask for less at once");
            }

            if (last == to)
            {
                return all;
            }

            from = last + 1;
        }
    }

    /// <summary>The parameters of a search: the filter with its bounds replaced.</summary>
    public static ReadOnlyMemory<byte> With(JsonElement filter, ulong from, ulong to)
    {
        StringBuilder text = new("[{");
        text.Append("\"fromBlock\":").Append(ForkPlace.NameOf(from));
        text.Append(",\"toBlock\":").Append(ForkPlace.NameOf(to));
        foreach (JsonProperty member in filter.EnumerateObject())
        {
            if (!member.NameEquals("fromBlock"u8) && !member.NameEquals("toBlock"u8))
            {
                text.Append(",\"").Append(JsonEncodedText.Encode(member.Name)).Append("\":");
                text.Append(member.Value.GetRawText());
            }
        }

        return Encoding.UTF8.GetBytes(text.Append("}]").ToString());
    }

    /// <summary>One array of the items of two.</summary>
    public static ReadOnlyMemory<byte> Join(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other)
    {
        ReadOnlyMemory<byte> first = Inside(one);
        ReadOnlyMemory<byte> second = Inside(other);
        if (first.Length == 0 || second.Length == 0)
        {
            return first.Length == 0 ? other : one;
        }

        byte[] joined = new byte[first.Length + second.Length + 3];
        joined[0] = (byte)'[';
        first.Span.CopyTo(joined.AsSpan(1));
        joined[first.Length + 1] = (byte)',';
        second.Span.CopyTo(joined.AsSpan(first.Length + 2));
        joined[^1] = (byte)']';
        return joined;
    }

    /// <summary>What stands between the brackets of an array; nothing where it is empty, or no array.</summary>
    private static ReadOnlyMemory<byte> Inside(ReadOnlyMemory<byte> array)
    {
        ReadOnlyMemory<byte> text = array.Trim(" \t\r\n"u8);
        return text.Length > 2 && text.Span[0] == '[' ? text[1..^1].Trim(" \t\r\n"u8) : default;
    }

    private static bool IsAboutBounds(RpcError error)
    {
        foreach (string text in BoundTexts)
        {
            if (error.Message.Contains(text, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How many blocks to try after an error: what it suggests, else half of what was tried.</summary>
    private static ulong Smaller(RpcError error, ulong from, ulong last)
    {
        ulong tried = last - from + 1;
        Match range = SuggestedRange().Match(error.Message);
        if (range.Success
            && ulong.TryParse(range.Groups[1].Value, NumberStyles.HexNumber, null, out ulong low)
            && ulong.TryParse(range.Groups[2].Value, NumberStyles.HexNumber, null, out ulong high)
            && low == from && high >= low && high - low + 1 < tried)
        {
            return high - low + 1;
        }

        Match bound = BlockBound().Match(error.Message);
        string digits = bound.Success ? bound.Groups[1].Value.Replace(",", "", StringComparison.Ordinal) : "";
        if (ulong.TryParse(digits, CultureInfo.InvariantCulture, out ulong most))
        {
            most *= bound.Groups[2].Value is "k" or "K" ? 1000ul : 1ul;
            if (most > 0 && most < tried)
            {
                return most;
            }
        }

        return Math.Max(tried / 2, 1);
    }

    // "… this block range should work: [0x1, 0x2]"
    [GeneratedRegex("\\[0x([0-9a-fA-F]{1,16}), ?0x([0-9a-fA-F]{1,16})\\]", RegexOptions.CultureInvariant)]
    private static partial Regex SuggestedRange();

    // "exceed maximum block range: 5000", "up to a 2K block range", "limited to 0 - 10,000 blocks range"
    [GeneratedRegex(
        "(?:range:? |up to a |limited to (?:a |0 - )?|maximum (?:is|of) )([0-9][0-9,]{0,9})([kK]?)",
        RegexOptions.CultureInvariant)]
    private static partial Regex BlockBound();
}

using System.Text.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Development.Life;

/// <summary>What a chain that is begun anew is to be like.</summary>
/// <param name="ForkUrl">The remote chain it is to be a fork of; nothing for one of its own.</param>
/// <param name="ForkBlock">The block where it forks; the remote's head where it is left out.</param>
/// <param name="ForksAgain">Whether it is to stay the fork it was, if it was one.</param>
public sealed record ResetRequest(string? ForkUrl = null, ulong? ForkBlock = null, bool ForksAgain = false)
{
    /// <summary>Reads <c>{forking: {jsonRpcUrl, blockNumber}}</c> as tools send it: members may be missing, and a block
    /// that is no number counts as missing.</summary>
    internal static (ResetRequest? Value, string? Wrong) Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return (null, "not an object: {forking: {jsonRpcUrl, blockNumber}} is expected");
        }

        if (!element.TryGetProperty("forking"u8, out JsonElement forking) || forking.ValueKind != JsonValueKind.Object)
        {
            return (new ResetRequest(), null);
        }

        string? url = forking.TryGetProperty("jsonRpcUrl"u8, out JsonElement text)
            && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;
        ulong? block = forking.TryGetProperty("blockNumber"u8, out JsonElement number)
            && JsonValueReader.ReadUInt64(number, out ulong read) is null
            ? read
            : null;
        return (new ResetRequest(url, block, ForksAgain: true), null);
    }
}

using System.Text.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Development.Life;

/// <summary>A transaction of a reorganisation.</summary>
/// <param name="Raw">Its bytes, where they were given.</param>
/// <param name="Request">What it is to be like, where that was given.</param>
/// <param name="Place">Which of the new blocks holds it, from 0.</param>
public sealed record ReorgTransaction(ReadOnlyMemory<byte>? Raw, CallRequest? Request, ulong Place)
{
    /// <summary>Reads <c>[transaction or its bytes, place]</c>.</summary>
    internal static (ReorgTransaction? Value, string? Wrong) Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() != 2)
        {
            return (null, "not a pair: a transaction and the place of its block are expected");
        }

        (ulong? place, string? wrong) = NumberReader.Number(element[1]);
        if (wrong is not null)
        {
            return (null, wrong);
        }

        if (element[0].ValueKind == JsonValueKind.String)
        {
            wrong = JsonValueReader.ReadData(element[0], out ReadOnlyMemory<byte> raw);
            return (new ReorgTransaction(raw, null, place!.Value), wrong);
        }

        (CallRequest request, wrong) = CallRequestReader.Read(element[0]);
        return (new ReorgTransaction(null, request, place!.Value), wrong);
    }
}

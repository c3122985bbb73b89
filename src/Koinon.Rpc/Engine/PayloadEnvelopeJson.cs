using System.Text.Json.Serialization;
using Koinon.Primitives.Blocks;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Engine;

/// <summary>A built payload with what travels beside it.</summary>
public sealed record PayloadEnvelopeJson
{
    /// <summary>The payload.</summary>
    public required ExecutionPayloadJson ExecutionPayload { get; init; }

    /// <summary>What its fee recipient earns, in wei.</summary>
    public required Quantity BlockValue { get; init; }

    /// <summary>Its blobs (EIP-4844).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BlobsBundleJson? BlobsBundle { get; init; }

    /// <summary>Its requests: type and data (EIP-7685).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<HexData>? ExecutionRequests { get; init; }

    /// <summary>Whether it should be taken instead of one from outside: nothing here can tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? ShouldOverrideBuilder { get; init; }

    /// <summary>The envelope of an age.</summary>
    internal static PayloadEnvelopeJson Of(BuiltPayload built, int age) => new()
    {
        ExecutionPayload = ExecutionPayloadJson.Of(built.Block),
        BlockValue = built.Value,
        BlobsBundle = age >= PayloadAge.Blobs ? BlobsBundleJson.Of(built.Sidecars) : null,
        ExecutionRequests = age >= PayloadAge.Requests ? RequestsOf(built.Block.Requests) : null,
        ShouldOverrideBuilder = age >= PayloadAge.Blobs ? false : null,
    };

    private static List<HexData> RequestsOf(ExecutionRequests? requests)
    {
        List<HexData> encoded = [];
        foreach (ExecutionRequest request in requests?.Requests ?? [])
        {
            if (!request.Data.IsEmpty)
            {
                byte[] bytes = new byte[1 + request.Data.Length];
                bytes[0] = request.Type;
                request.Data.Span.CopyTo(bytes.AsSpan(1));
                encoded.Add(bytes);
            }
        }

        return encoded;
    }
}

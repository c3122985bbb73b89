using System.Text.Json;

namespace Koinon.Rpc.Dispatch;

/// <summary>A body taken apart: one request, a batch, or what is wrong with it.</summary>
/// <remarks>It points into the bytes it was read from, which must stay as they are until it is disposed.</remarks>
public sealed class RpcBody : IDisposable
{
    private readonly JsonDocument? _document;

    internal RpcBody(RpcError error) => Error = error;

    internal RpcBody(JsonDocument document, IReadOnlyList<RpcRequest> requests, bool isBatch)
    {
        _document = document;
        Requests = requests;
        IsBatch = isBatch;
    }

    /// <summary>Whether an answer must be sent before the next body of the same caller is looked at.</summary>
    public bool IsOrdered => Requests.Any(static request => request.Method is { IsOrdered: true });

    /// <summary>Whether it is no JSON.</summary>
    public bool IsMalformed => Error is { Code: RpcErrorCode.Parse };

    /// <summary>What is wrong with the whole of it, or <see langword="null"/>.</summary>
    internal RpcError? Error { get; }

    /// <summary>Its requests.</summary>
    internal IReadOnlyList<RpcRequest> Requests { get; } = [];

    /// <summary>Whether it is an array.</summary>
    internal bool IsBatch { get; }

    /// <inheritdoc/>
    public void Dispose() => _document?.Dispose();
}

using Koinon.Crypto;

namespace Koinon.Primitives.Blocks;

/// <summary>A block's requests to the consensus layer (EIP-7685).</summary>
public sealed class ExecutionRequests
{
    /// <summary>Some requests.</summary>
    /// <param name="requests">In ascending order of type; those without data take no part in the hash.</param>
    public ExecutionRequests(IReadOnlyList<ExecutionRequest> requests) => Requests = requests;

    /// <summary>No requests.</summary>
    public static ExecutionRequests None { get; } = new([]);

    /// <summary>The requests, by type.</summary>
    public IReadOnlyList<ExecutionRequest> Requests { get; }

    /// <summary>The SHA-256 digest over the digests of type and data of each request that has data.</summary>
    /// <remarks>Computed at each call.</remarks>
    public Hash256 ComputeHash()
    {
        Span<byte> digest = stackalloc byte[Sha256.HashBytes];
        Sha256 outer = Sha256.Create();
        for (int i = 0; i < Requests.Count; i++)
        {
            ExecutionRequest request = Requests[i];
            if (request.Data.IsEmpty)
            {
                continue;
            }

            Sha256 inner = Sha256.Create();
            inner.Append([request.Type]);
            inner.Append(request.Data.Span);
            inner.Finish(digest);
            outer.Append(digest);
        }

        outer.Finish(digest);
        return new Hash256(digest);
    }
}

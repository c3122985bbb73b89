using System.Security.Cryptography;

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
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        using IncrementalHash outer = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using IncrementalHash inner = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int i = 0; i < Requests.Count; i++)
        {
            ExecutionRequest request = Requests[i];
            if (request.Data.IsEmpty)
            {
                continue;
            }

            inner.AppendData([request.Type]);
            inner.AppendData(request.Data.Span);
            inner.GetHashAndReset(digest);
            outer.AppendData(digest);
        }

        outer.GetHashAndReset(digest);
        return new Hash256(digest);
    }
}

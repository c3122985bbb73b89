using Koinon.Primitives;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Web3;

/// <summary><c>web3_sha3</c>: Keccak-256 of the given bytes (not SHA3-256, for all its name).</summary>
public sealed class Web3Sha3 : RpcQuery<ReadOnlyMemory<byte>, Hash256>
{
    /// <inheritdoc/>
    public override string Name => "web3_sha3";

    /// <inheritdoc/>
    protected override ReadOnlyMemory<byte> Read(ref ParameterReader reader) => reader.Data();

    /// <inheritdoc/>
    protected override RpcResult<Hash256> Answer(ReadOnlyMemory<byte> parameters) => Hash256.Keccak(parameters.Span);
}

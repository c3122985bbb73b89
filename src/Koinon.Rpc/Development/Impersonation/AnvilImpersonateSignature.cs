using System.Text.Json;
using Koinon.Primitives;
using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Development.Impersonation;

/// <summary>
/// <c>anvil_impersonateSignature</c>: has contracts believe that a signature is an account's, whatever it signs.
/// </summary>
/// <param name="impersonation">Is told of it.</param>
/// <param name="manner">Whose manners the chain has.</param>
public sealed class AnvilImpersonateSignature(IImpersonation impersonation, Manner manner)
    : DevelopmentCommand<(ReadOnlyMemory<byte> Signature, Address Signer)>(manner)
{
    private const int SignatureSize = 65;

    /// <inheritdoc/>
    public override string Name => "anvil_impersonateSignature";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => ["hardhat_impersonateSignature"];

    /// <inheritdoc/>
    protected override (ReadOnlyMemory<byte> Signature, Address Signer) Read(ref ParameterReader reader)
    {
        // Anvil wants both in one array, which its clients send; two parameters say the same.
        (ReadOnlyMemory<byte> Signature, Address? Signer) first = reader.Required(ReadFirst);
        return (first.Signature, first.Signer ?? reader.Address());
    }

    /// <inheritdoc/>
    protected override ValueTask<RpcError?> DoAsync(
        (ReadOnlyMemory<byte> Signature, Address Signer) parameters, CancellationToken cancellation)
    {
        impersonation.Recover(parameters.Signature.Span, parameters.Signer);
        return default;
    }

    private static ((ReadOnlyMemory<byte> Signature, Address? Signer) Value, string? Wrong) ReadFirst(
        JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            (ReadOnlyMemory<byte> alone, string? reason) = ReadSignature(element);
            return ((alone, null), reason);
        }

        if (element.GetArrayLength() != 2)
        {
            return (default, "not a pair: a signature and the address that it is to be of are expected");
        }

        (ReadOnlyMemory<byte> signature, string? wrong) = ReadSignature(element[0]);
        string? wrongSigner = JsonValueReader.ReadAddress(element[1], out Address signer);
        return ((signature, signer), wrong ?? wrongSigner);
    }

    private static (ReadOnlyMemory<byte> Value, string? Wrong) ReadSignature(JsonElement element)
    {
        string? wrong = JsonValueReader.ReadData(element, out ReadOnlyMemory<byte> signature);
        return (signature, wrong ?? (signature.Length == SignatureSize
            ? null
            : $"a signature of {signature.Length} bytes: {SignatureSize} are expected, r, s and v"));
    }
}

using System.Diagnostics.CodeAnalysis;
using Koinon.Abi;

namespace Koinon.Rpc.Development.Manners;

/// <summary>Knows the custom errors of contracts, by the four bytes before their data.</summary>
public interface ICustomErrors
{
    /// <summary>Finds an error.</summary>
    /// <returns>Whether one of that selector is known.</returns>
    bool TryFind(Selector selector, [NotNullWhen(true)] out AbiSignature? error);
}

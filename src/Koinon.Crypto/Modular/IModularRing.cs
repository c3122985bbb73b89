namespace Koinon.Crypto.Modular;

/// <summary>Residues of one modulus, in whatever form makes their multiplication cheap.</summary>
internal unsafe interface IModularRing
{
    /// <summary>Limbs of a residue.</summary>
    int Limbs { get; }

    /// <summary>Multiplies two residues; the result may stand where an operand does.</summary>
    void Multiply(ulong* result, ulong* a, ulong* b);

    /// <summary>Squares a residue; the result may stand where the operand does.</summary>
    void Square(ulong* result, ulong* a);
}
